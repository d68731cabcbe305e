// One tap on a place of the dossier makes it the evidence of a criterion (templates/grants/_review_bar.html). The list
// in the rubric does the same without this script; a marked text inside the place becomes the passage.
"use strict";
{
  const bar = document.querySelector("[data-evidence-bar]");
  const target = bar?.querySelector("[data-evidence-for]");
  const LONGEST = 300; // characters of a passage, as its column
  let marked = "";

  const part = (name) => document.querySelector(`[name="${name}_${CSS.escape(target.value)}"]`);

  function markedIn(place) {
    const chosen = getSelection();
    const isInside = !chosen.isCollapsed && place.contains(chosen.anchorNode) && place.contains(chosen.focusNode);
    return isInside ? chosen.toString().replace(/\s+/g, " ").trim().slice(0, LONGEST) : "";
  }

  function set(control, value) {
    if (!control || control.value === value) return;
    control.value = value;
    control.dispatchEvent(new Event("input", { bubbles: true })); // saving.js keeps it
  }

  function show() {
    const chosen = new Set([...document.querySelectorAll('select[name^="evidence_"]')].map((list) => list.value));
    for (const place of document.querySelectorAll("[data-place]")) {
      place.classList.toggle("place--chosen", chosen.has(place.dataset.place));
    }
  }

  function choose(button) {
    const place = button.closest("[data-place]");
    const list = part("evidence");
    const isOther = list.value !== place.dataset.place;
    list.closest("details")?.setAttribute("open", "");
    set(list, place.dataset.place);
    if (marked || isOther) set(part("quote"), marked); // a passage of another place would prove nothing here
    const criterion = target.selectedOptions[0].textContent;
    bar.querySelector("[data-evidence-said]").textContent = bar.dataset.chosen
      .replace("{criterion}", criterion).replace("{place}", marked ? `«${marked}»` : button.dataset.label);
    marked = "";
    show();
  }

  if (target) {
    target.closest("label").hidden = false;
    for (const button of document.querySelectorAll("[data-cite]")) button.hidden = false;
    // A tap takes the mark away before it is a click.
    document.addEventListener("pointerdown", (event) => {
      const button = event.target.closest("[data-cite]");
      marked = button ? markedIn(button.closest("[data-place]")) : "";
    });
    document.addEventListener("click", (event) => {
      const button = event.target.closest("[data-cite]");
      if (!button) return;
      marked = marked || markedIn(button.closest("[data-place]"));
      choose(button);
    });
    document.addEventListener("focusin", (event) => {
      const criterion = event.target.closest("[data-criterion]");
      if (criterion) target.value = criterion.dataset.criterion;
    });
    document.addEventListener("input", (event) => { if (/^evidence_/.test(event.target.name || "")) show(); });
    document.addEventListener("restored", show);
    show();
  }
}
