// Keys for the page Review: each presses the button, link or summary that shows it. Without this script those are used.
"use strict";
(() => {
  const STORED = "rapporteur-review-keys";
  const desk = () => document.getElementById("desk");
  const isOn = () => localStorage.getItem(STORED) !== "off";
  const inField = (element) => element instanceof Element && element.closest("input, select, textarea, [contenteditable]") !== null;

  const press = (key) => {
    const target = [...desk().querySelectorAll("[data-key]")].find((one) => one.dataset.key === key);
    if (!target) return false;
    target.click();
    const opened = target.tagName === "SUMMARY" ? target.parentElement : null;
    if (opened && opened.open) {
      const field = opened.querySelector("input:not([type=hidden]):not([type=checkbox]), select");
      (field || target).focus();
    }
    return true;
  };

  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey || event.repeat || !desk()) return;
    if (event.key === "Escape" && inField(event.target) && desk().contains(event.target)) {
      const summary = event.target.closest("details") && event.target.closest("details").querySelector("summary");
      if (summary) summary.focus();
      else event.target.blur();
      return;
    }
    if (inField(event.target) || !isOn()) return;
    if (press(event.key)) event.preventDefault();
  });

  const showSwitch = () => {
    const box = document.getElementById("keys-on");
    if (box) box.checked = isOn();
  };
  document.addEventListener("change", (event) => {
    if (event.target.id === "keys-on") localStorage.setItem(STORED, event.target.checked ? "on" : "off");
  });
  document.addEventListener("DOMContentLoaded", showSwitch);

  // What is wrong with a judgement comes as a page with an error's status; it is shown like any other.
  document.addEventListener("htmx:beforeSwap", (event) => {
    const answer = event.detail;
    if (answer.xhr.status < 400 || answer.target.id !== "desk") return;
    if (answer.serverResponse.includes('id="desk"')) {
      answer.shouldSwap = true;
      answer.isError = false;
    }
  });
  const tell = (words) => {
    const told = document.createElement("p");
    told.className = "notice bad";
    told.textContent = words;
    document.getElementById("said").replaceChildren(told);
  };
  document.addEventListener("htmx:responseError", (event) => {
    tell("It was not entered: the server answered with status " + event.detail.xhr.status + ". Load the page anew and try again.");
  });
  document.addEventListener("htmx:sendError", () => tell("It was not entered: the server can't be reached."));
  document.addEventListener("htmx:afterSwap", (event) => {
    if (event.detail.target.id !== "desk") return;
    showSwitch();
    const heading = document.getElementById("sentence");
    if (heading) heading.focus();
  });
})();
