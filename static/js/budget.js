/* The arithmetic of a budget, the same as grants/formulas/budget.py: whole tiyn in BigInt, no floats. Below it the
   page's own part: sums and limits while a person types. Words come from the form's data attributes. */
(function () {
  "use strict";
  const GROUPING = /[ \u00a0\u202f\u2009₸']/g;

  /* What core.forms.MoneyInput understands, as hundredths: null where nothing is typed, undefined where it is wrong. */
  function hundredths(typed, whole, least) {
    const text = String(typed === null || typed === undefined ? "" : typed).replace(GROUPING, "").replace(/,/g, ".");
    if (text === "") return null;
    const found = /^(-?)([0-9]+)(?:\.([0-9]+))?$/.exec(text);
    if (!found || (found[3] || "").length > 2 || found[2].replace(/^0+/, "").length > whole) return undefined;
    const value = BigInt(found[2] + (found[3] || "").padEnd(2, "0")) * (found[1] ? -1n : 1n);
    return value < BigInt(least) ? undefined : value;
  }

  const amount = (typed) => hundredths(typed, 12, 0);
  const quantity = (typed) => hundredths(typed, 8, 1);
  const known = (value) => value !== null && value !== undefined;
  const above = (value) => (value > 0n ? value : 0n);

  /* One line: {category, quantity, price, vat, grant, own} as hundredths, null where nothing is typed. */
  function line(of) {
    const priced = known(of.quantity) && known(of.price);
    const grant = known(of.grant), own = known(of.own);
    let cost = null;
    if (priced) cost = (of.quantity * of.price + 50n) / 100n;
    else if (grant || own) cost = (grant ? of.grant : 0n) + (own ? of.own : 0n);
    const whole = cost === null ? 0n : cost;
    let parts = [grant ? of.grant : 0n, own ? of.own : 0n];
    if (grant && !own) parts = [of.grant, above(whole - of.grant)];
    if (own && !grant) parts = [above(whole - of.own), of.own];
    return { category: of.category, priced, cost, grant: parts[0], own: parts[1], vat: of.vat,
      meets: cost !== null && parts[0] + parts[1] === cost };
  }

  const vatInside = (cost, percent) => (2n * cost * percent + 100n + percent) / (2n * (100n + percent));

  function totals(lines, percent) {
    const sums = { cost: 0n, grant: 0n, own: 0n, vat: 0n };
    for (const one of lines) {
      sums.cost += one.cost === null ? 0n : one.cost;
      sums.grant += one.grant;
      sums.own += one.own;
      if (one.vat && one.cost !== null) sums.vat += vatInside(one.cost, BigInt(percent));
    }
    return sums;
  }

  /* limits: [[key, percent or null], ...]; asked: tiyn, or null while no amount is typed. */
  function shares(lines, limits, asked) {
    const all = lines.reduce((sum, one) => sum + one.grant, 0n);
    const of = asked || all;
    return limits.map(([key, most]) => {
      const grant = lines.reduce((sum, one) => sum + (one.category === key ? one.grant : 0n), 0n);
      const over = most !== null && grant * 100n > BigInt(most) * of;
      let percent = 0n;
      if (of > 0n) percent = over ? (grant * 100n + of - 1n) / of : (grant * 200n + of) / (2n * of);
      return { key, grant, most, over, percent };
    });
  }

  window.budgetRules = { amount, quantity, line, totals, shares };

  /* --- the page --------------------------------------------------------------------------------------------- */
  const form = document.querySelector("form[data-budget]");
  if (!form) return;
  const words = form.dataset;
  const english = document.documentElement.lang.startsWith("en");

  function money(tiyn) {
    const sign = tiyn < 0n ? "-" : "", value = tiyn < 0n ? -tiyn : tiyn;
    const rest = value % 100n;
    const whole = String(value / 100n).replace(/\B(?=([0-9]{3})+$)/g, english ? "," : "\u00a0");
    const digits = sign + whole + (rest ? (english ? "." : ",") + String(rest).padStart(2, "0") : "");
    return english ? "KZT\u00a0" + digits : digits + "\u00a0₸";
  }

  const fill = (text, values) => text.replace(/\{(\w+)\}/g, (all, name) => (name in values ? values[name] : all));
  const optional = (text) => (text ? BigInt(text) : null);

  function say(place, text) {
    if (place && place.textContent !== text) place.textContent = text;
    if (place) place.hidden = !text;
  }

  function readCard(card) {
    const input = (name) => card.querySelector(`[data-card-input="${name}"]`);
    const value = (name) => (input(name) ? input(name).value : "");
    return line({
      category: value("category"),
      quantity: quantity(value("quantity")),
      price: amount(value("unit_price")),
      vat: Boolean(input("has_vat") && input("has_vat").checked),
      grant: amount(value("grant_amount")),
      own: amount(value("own_amount")),
    });
  }

  function drawCard(card, read) {
    const input = (name) => card.querySelector(`[data-card-input="${name}"]`);
    say(card.querySelector("[data-cost]"), read.cost === null ? "" : fill(words.wordCost, { cost: money(read.cost) }));
    const [grant, own] = [input("grant_amount"), input("own_amount")];
    own.placeholder = grant.value.trim() && read.priced ? "= " + money(read.own) : "";
    grant.placeholder = own.value.trim() && read.priced ? "= " + money(read.grant) : "";
    const typed = grant.value.trim() || own.value.trim();
    const supplier = input("supplier_identifier");
    const bought = !words.noSupplier.split(" ").includes(read.category);
    const large = words.short !== "yes" && bought && read.cost !== null && read.cost > BigInt(words.supplierOver);
    let warning = "";
    if (typed && read.priced && !read.meets) {
      warning = fill(words.wordApart, { cost: money(read.cost), sum: money(read.grant + read.own) });
    } else if (large && supplier && !supplier.value.trim()) {
      warning = words.wordSupplier;
    }
    say(card.querySelector("[data-warning]"), warning);
  }

  function drawTotals(lines) {
    const sums = totals(lines, words.vatPercent);
    for (const name of ["cost", "grant", "own", "vat"]) {
      form.querySelector(`[data-total="${name}"]`).textContent = money(sums[name]);
    }
    const asked = optional(words.asked), own = optional(words.own);
    const apart = (sum, goal, text) =>
      lines.length && goal !== null && sum !== goal ? fill(text, { sum: money(sum), goal: money(goal) }) : "";
    say(form.querySelector('[data-goal="grant"]'), apart(sums.grant, asked, words.wordGrantApart));
    say(form.querySelector('[data-goal="own"]'), apart(sums.own, own, words.wordOwnApart));
    const rows = [...form.querySelectorAll("[data-share]")];
    const limits = rows.map((row) => [row.dataset.share, row.dataset.most ? Number(row.dataset.most) : null]);
    shares(lines, limits, asked).forEach((share, place) => drawShare(rows[place], share));
  }

  function drawShare(row, share) {
    const text = share.most === null ? words.wordShare : words.wordShareOf;
    row.querySelector("[data-share-text]").textContent = fill(text, { percent: share.percent, limit: share.most });
    row.querySelector("[data-share-amount]").textContent = money(share.grant);
    row.querySelector("rect").setAttribute("width", (share.percent > 100n ? 100n : share.percent) + "%");
    say(row.querySelector("[data-share-over]"), share.over ? words.wordOver : "");
  }

  function draw() {
    const cards = [...form.querySelectorAll("[data-save]")];
    const read = cards.map(readCard);
    cards.forEach((card, place) => drawCard(card, read[place]));
    drawTotals(read);
  }

  ["input", "change", "restored", "cards"].forEach((event) => form.addEventListener(event, draw));
  draw();
})();
