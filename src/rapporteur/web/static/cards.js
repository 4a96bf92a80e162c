// With this script a card is shown when a span that it belongs to is pointed at, focused or clicked; without it all
// cards are there, and a span's link leads to its own.
"use strict";
(() => {
  const show = (holder, ids) => {
    for (const card of holder.querySelectorAll(".card-list > .card")) {
      card.hidden = ids !== null && !ids.includes(card.id);
    }
    for (const span of document.querySelectorAll("a.span, .said")) {
      span.classList.toggle("shown", ids !== null && span.dataset.cards.split(" ").some((id) => ids.includes("card-" + id)));
    }
  };
  const start = (holder) => {
    const hint = holder.querySelector(".show-hint");
    if (!hint || holder.dataset.ready) return;
    holder.dataset.ready = "yes";
    hint.hidden = false;
    hint.querySelector(".show-all").addEventListener("click", () => show(holder, null));
    const first = location.hash ? document.getElementById(location.hash.slice(1)) : null;
    const cards = [...holder.querySelectorAll(".card-list > .card")];
    if (first && cards.includes(first)) show(holder, [first.id]);
    else if (cards.length) show(holder, [cards[0].id]);
  };
  const of = (event) => {
    const span = event.target.closest ? event.target.closest("a.span, .said") : null;
    return span ? [span, span.closest(".split").querySelector(".event-cards")] : [null, null];
  };
  for (const kind of ["mouseover", "focusin", "click"]) {
    document.addEventListener(kind, (event) => {
      const [span, holder] = of(event);
      if (!span || !holder) return;
      if (kind === "click" && !span.href) return;
      const ids = span.dataset.cards.split(" ").map((id) => "card-" + id);
      show(holder, ids);
      if (kind === "click") {
        event.preventDefault();
        history.replaceState(null, "", "#" + ids[0]);
        const card = document.getElementById(ids[0]);
        if (matchMedia("(max-width: 60rem)").matches) card.scrollIntoView({ block: "nearest" });
      }
    });
  }
  const startAll = () => document.querySelectorAll(".event-cards").forEach(start);
  document.addEventListener("DOMContentLoaded", startAll);
  document.addEventListener("htmx:afterSettle", startAll);
})();
