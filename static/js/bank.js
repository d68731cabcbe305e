/* The bank of an account number, proposed as soon as the number is right: name and BIC go into fields that are empty
 * or hold an earlier proposal. Asks the server nothing: <input data-banks='{"722": ["CASPKZKA", "…"]}'>.
 */
(function () {
  "use strict";

  function propose(input) {
    const found = window.identifiers.iban(input.value);
    const bank = found.error ? null : JSON.parse(input.dataset.banks)[found.value.slice(4, 7)];
    [["bic", 0], ["bank_name", 1]].forEach(([name, place]) => {
      const field = input.form.elements[name], before = field.dataset.proposed || "";
      if (field.value && field.value !== before) return;
      field.value = field.dataset.proposed = bank ? bank[place] : "";
    });
  }

  document.addEventListener("DOMContentLoaded", () => {
    document.querySelectorAll("[data-banks]").forEach((input) => {
      input.addEventListener("input", () => propose(input));
      if (input.value) propose(input);
    });
  });
})();
