/* IIN, BIN, IBAN and BIC checked as typed, with the verdict of core/identifiers.py and the words of the page.
 * <input data-check="iin|bin|iban|bic" data-check-words='{"iin:format": "…"}'>; "organisation" asks the form's
 * `kind` and `country`. The server decides, this only says it earlier.
 */
(function () {
  "use strict";

  const MISTYPED = /[\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\-\u2010-\u2014]/g;
  const CENTURY = { 1: 1800, 2: 1800, 3: 1900, 4: 1900, 5: 2000, 6: 2000 };
  const PASSES = [[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11], [3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2]];
  const BY_IIN = ["person", "self_employed", "ip"];
  const BY_BIN = ["llp", "jsc", "npo"];

  function found(value, error, warning) {
    return { value: value, error: error || "", warnings: warning ? [warning] : [] };
  }

  /* Weights 1..11 modulo 11, then 3..11,1,2; null where both give 10: such a number is never issued. */
  function controlDigit(eleven) {
    for (const weights of PASSES) {
      const rest = weights.reduce((sum, weight, place) => sum + weight * Number(eleven[place]), 0) % 11;
      if (rest < 10) return rest;
    }
    return null;
  }

  function twelveDigits(raw) {
    const value = String(raw || "").replace(MISTYPED, "");
    if (!/^[0-9]{12}$/.test(value) || new Set(value).size === 1) return found(value, "format");
    const expected = controlDigit(value.slice(0, 11));
    if (expected === null) return found(value, "unassignable");
    return found(value, expected === Number(value[11]) ? "" : "checksum");
  }

  function isMonth(text) { return text >= "01" && text <= "12"; }

  /* The day inside an IIN as 2010-05-31, or "" where there is no such day. A hint, never a fact. */
  function birthHint(iin) {
    const year = CENTURY[iin[6]] + Number(iin.slice(0, 2));
    const month = Number(iin.slice(2, 4)), day = Number(iin.slice(4, 6));
    const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
    const days = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1] || 0;
    return day >= 1 && day <= days ? year + "-" + iin.slice(2, 4) + "-" + iin.slice(4, 6) : "";
  }

  function today() { return new Date(Date.now() + 5 * 3600e3).toISOString().slice(0, 10); }

  function checkIin(raw, now) {
    const one = twelveDigits(raw), value = one.value;
    if (one.error) return one;
    if ("456".includes(value[4]) && isMonth(value.slice(2, 4))) return found(value, "", "looks_like_bin");
    if (!CENTURY[value[6]]) return found(value, "", "century_digit");
    const born = birthHint(value);
    if (!born) return found(value, "", "date");
    return found(value, "", born > (now || today()) ? "future_date" : "");
  }

  function checkBin(raw) {
    const one = twelveDigits(raw), value = one.value;
    if (one.error) return one;
    if (!"456".includes(value[4])) return found(value, "", "0123".includes(value[4]) ? "looks_like_iin" : "type_digit");
    if (!isMonth(value.slice(2, 4))) return found(value, "", "month");
    return found(value, "", "0123".includes(value[5]) ? "" : "unit_digit");
  }

  function checkIban(raw) {
    const value = String(raw || "").replace(MISTYPED, "").toUpperCase();
    if (!/^KZ[0-9]{2}[0-9]{3}[0-9A-Z]{13}$/.test(value)) return found(value, "format");
    let rest = 0;
    for (const sign of value.slice(4) + value.slice(0, 4)) {
      const digits = parseInt(sign, 36);
      rest = (rest * (digits > 9 ? 100 : 10) + digits) % 97;
    }
    return found(value, rest === 1 && !["00", "01", "99"].includes(value.slice(2, 4)) ? "" : "checksum");
  }

  function checkBic(raw) {
    const value = String(raw || "").replace(MISTYPED, "").toUpperCase();
    return found(value, /^[A-Z]{4}KZ[A-Z0-9]{2}$/.test(value) ? "" : "format");
  }

  const CHECKS = { iin: checkIin, bin: checkBin, iban: checkIban, bic: checkBic };
  const LENGTHS = { iin: 12, bin: 12, iban: 20, bic: 8 };
  window.identifiers = CHECKS;

  /* Which number is asked here: by the type and the country that are chosen in the form; "" where none is checked. */
  function kindOf(input) {
    const check = input.dataset.check;
    if (check !== "organisation") return check;
    const kind = input.form.querySelector("[name=kind]:checked"), country = input.form.elements.country;
    if (!kind || (country && country.value !== "KZ")) return "";
    return BY_IIN.includes(kind.value) ? "iin" : BY_BIN.includes(kind.value) ? "bin" : "";
  }

  function place(input) {
    const id = input.id + "_check";
    let words = document.getElementById(id);
    if (!words) {
      words = document.createElement("p");
      words.id = id;
      words.className = "check-words";
      words.setAttribute("role", "status");
      input.insertAdjacentElement("afterend", words);
      input.setAttribute("aria-describedby", ((input.getAttribute("aria-describedby") || "") + " " + id).trim());
    }
    return words;
  }

  /* While the person still types, a number that is too short says nothing yet. */
  function tell(input, isDone) {
    const kind = kindOf(input), words = place(input), typed = input.value.replace(MISTYPED, "");
    if (input.dataset.check === "organisation") input.inputMode = kind ? "numeric" : "text";
    if (!kind || !typed || (!isDone && typed.length < LENGTHS[kind])) {
      words.textContent = "";
      return;
    }
    const said = CHECKS[kind](input.value), code = said.error || said.warnings[0] || "";
    const all = JSON.parse(input.dataset.checkWords);
    words.textContent = code ? all[kind + ":" + code] || all[kind + ":odd"] || "" : "";
    words.classList.toggle("check-words--bad", Boolean(said.error));
  }

  function listen(input) {
    input.addEventListener("input", () => tell(input, false));
    input.addEventListener("blur", () => tell(input, true));
    if (input.dataset.check !== "organisation" || !input.form) return;
    input.form.addEventListener("change", (event) => {
      if (["kind", "country"].includes(event.target.name)) tell(input, true);
    });
    tell(input, true);
  }

  document.addEventListener("DOMContentLoaded", () => document.querySelectorAll("[data-check]").forEach(listen));
})();
