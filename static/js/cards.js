/* Pages of cards (budget, plan): a new card without a reload, and the revision of each card in the form that is sent.
   Without this file the same buttons are answered by the server. */
(function () {
  "use strict";
  const ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz";
  const LENGTH = 14;
  const form = document.querySelector("form[data-cards]");
  const pattern = document.querySelector("template[data-card]");
  if (!form || !pattern) return;
  const list = form.querySelector("[data-card-list]");

  function publicId() {
    let made = "";
    while (made.length < LENGTH) {
      const [byte] = crypto.getRandomValues(new Uint8Array(1));
      if (byte < 248) made += ALPHABET[byte % 31]; // 8 x 31: every letter as likely as another
    }
    return made;
  }

  function add() {
    const wide = document.createElement("div");
    const id = publicId();
    wide.append(pattern.content.cloneNode(true));
    const card = wide.firstElementChild;
    for (const node of [card, ...card.querySelectorAll("*")]) {
      for (const attribute of [...node.attributes]) {
        if (attribute.value.includes(form.dataset.blankId)) {
          node.setAttribute(attribute.name, attribute.value.split(form.dataset.blankId).join(id));
        }
      }
    }
    list.append(card);
    const number = String(list.children.length);
    card.querySelectorAll("[data-number]").forEach((place) => { place.textContent = number; });
    card.dispatchEvent(new CustomEvent("cards", { bubbles: true }));
    card.querySelector("select, input:not([type=hidden])").focus();
  }

  const isBlank = (card) => [...card.querySelectorAll("input:not([type=hidden], [type=checkbox]), select")]
    .every((input) => !input.value.trim());

  form.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    if (button.value === "add" && list.children.length < Number(form.dataset.most)) {
      event.preventDefault();
      add();
    }
    const card = button.closest("[data-save]");
    if (card && button.value.startsWith("remove:") && card.dataset.saveRev === "0" && isBlank(card)) {
      event.preventDefault(); // never typed into, never saved: nobody else needs to know
      card.remove();
      form.dispatchEvent(new CustomEvent("cards"));
    }
  });

  /* The saver keeps each card's revision on the card; the form sends it in a hidden input. */
  form.addEventListener("submit", () => {
    list.querySelectorAll("[data-save]").forEach((card) => {
      const kept = card.querySelector(`input[name="rev_${card.dataset.save}"]`);
      if (kept) kept.value = card.dataset.saveRev;
    });
  }, true);
})();
