// The person's choice of light or dark. Loaded in <head>, before the first paint, so that nothing flashes.
// The key "theme" (auto, light, dark) is the one that Django's admin uses: one choice for both.
// Without this script the page follows the system, by the media query of tokens.css.
"use strict";
{
  const root = document.documentElement;
  const system = window.matchMedia("(prefers-color-scheme: dark)");

  function chosen() {
    let kept = null;
    try {
      kept = localStorage.getItem("theme");
    } catch {
      // storage is forbidden: the choice lasts for this page
    }
    return kept === "light" || kept === "dark" ? kept : "auto";
  }

  function show(choice) {
    root.dataset.bsTheme = choice === "auto" ? (system.matches ? "dark" : "light") : choice;
    for (const button of document.querySelectorAll("[data-theme-toggle]")) {
      const words = button.dataset[choice];
      button.setAttribute("aria-label", words);
      button.title = words;
      button.hidden = false;
    }
  }

  let choice = chosen();
  show(choice);

  function next() {
    const order = system.matches ? ["auto", "light", "dark"] : ["auto", "dark", "light"];
    choice = order[(order.indexOf(choice) + 1) % order.length];
    try {
      localStorage.setItem("theme", choice);
    } catch {
      // as above
    }
    show(choice);
  }

  system.addEventListener("change", () => show(choice));
  document.addEventListener("DOMContentLoaded", () => {
    show(choice);
    for (const button of document.querySelectorAll("[data-theme-toggle]")) {
      button.addEventListener("click", next);
    }
  });

  // A menu made of <details> closes on Escape and on a press outside it.
  document.addEventListener("keydown", (event) => {
    const open = event.key === "Escape" && document.querySelector("details.menu[open]");
    if (open) {
      open.open = false;
      open.querySelector("summary").focus();
    }
  });
  document.addEventListener("click", (event) => {
    for (const menu of document.querySelectorAll("details.menu[open]")) {
      if (!menu.contains(event.target)) menu.open = false;
    }
  });
}
