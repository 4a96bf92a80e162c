// Each range input moves the date input that it is for, and is moved by it. Without this script the dates are typed.
"use strict";
(() => {
  const DAY = 86400000;
  const iso = (first, days) => new Date(Date.parse(first + "T00:00:00Z") + days * DAY).toISOString().slice(0, 10);
  for (const slider of document.querySelectorAll("input.slider")) {
    const field = document.getElementById(slider.dataset.for);
    const show = () => slider.setAttribute("aria-valuetext", field.value);
    slider.closest(".slide").hidden = false;
    slider.addEventListener("input", () => {
      field.value = iso(slider.dataset.first, Number(slider.value));
      show();
    });
    field.addEventListener("input", () => {
      const days = (Date.parse(field.value + "T00:00:00Z") - Date.parse(slider.dataset.first + "T00:00:00Z")) / DAY;
      if (Number.isFinite(days)) {
        slider.value = String(days);
        show();
      }
    });
  }
})();
