// The rules of the questions in the browser, as questionnaires/formulas/*.py: whole hundredths in BigInt. Words come
// from data- attributes; tests/browser/test_rules.py holds the one against the other.
"use strict";
const Rules = (() => {
  const NUMBER = /^-?[0-9]+(\.[0-9]{1,2})?$/;
  const DAY = /^[0-9]{4}-[0-9]{2}-[0-9]{2}$/;
  const GROUPING = /[ \u00a0\u202f\u2009₸']/g;
  const SPACE = "\\s\\x1c-\\x1f\\x85"; // what Python's strip takes off; JavaScript's own trim differs in three signs
  const EDGES = new RegExp(`^(?:(?!\\ufeff)[${SPACE}])+|(?:(?!\\ufeff)[${SPACE}])+$`, "g");
  const TEXTS = ["short_text", "long_text", "link", "email", "phone"];

  const isRow = (value) => value !== null && typeof value === "object" && !Array.isArray(value);
  const isGiven = (value) => value !== null && value !== undefined && value !== false && value !== ""
    && !(Array.isArray(value) && !value.length) && !(isRow(value) && !Object.keys(value).length);
  const rowsOf = (value) => (Array.isArray(value) ? value.filter(isRow) : []);
  const lengthOf = (text) => [...text].length;
  const tableOf = (ref) => ref.split(".")[0];

  function hundredths(value) {
    if (value === null || value === undefined || typeof value === "boolean" || !NUMBER.test(String(value))) return null;
    const [units, rest = ""] = String(value).split(".");
    const part = BigInt((rest + "00").slice(0, 2));
    return BigInt(units) * 100n + (units.startsWith("-") ? -part : part);
  }

  function plain(value) {
    const size = value < 0n ? -value : value;
    const text = `${size / 100n}.${String(size % 100n).padStart(2, "0")}`.replace(/0+$/, "").replace(/\.$/, "");
    return (value < 0n ? "-" : "") + text;
  }

  function rounded(numerator, denominator) {
    const [up, down] = denominator < 0n ? [-numerator, -denominator] : [numerator, denominator];
    const half = (2n * (up < 0n ? -up : up) + down) / (2n * down);
    return up < 0n ? -half : half;
  }

  // --- conditions.py
  function sizeOf(value) {
    if (Array.isArray(value)) return BigInt(value.length) * 100n;
    return typeof value === "string" && DAY.test(value) ? value : hundredths(value);
  }

  function same(answer, value) {
    if (typeof value === "boolean" || typeof answer === "boolean") return answer === value;
    if (typeof value === "number") return hundredths(answer) !== null && hundredths(answer) === hundredths(value);
    return typeof answer === "string" && answer === value;
  }

  function holds({ op, value }, answer) {
    if (op === "answered") return isGiven(answer) === (value !== false);
    if (op === "is" && value === false) return !isGiven(answer);
    if (!isGiven(answer)) return false;
    if (op === "is" || op === "is_not") return same(answer, value) === (op === "is");
    if (op === "has") return Array.isArray(answer) && answer.includes(value);
    const [low, high] = op === "at_least" ? [sizeOf(value), sizeOf(answer)] : [sizeOf(answer), sizeOf(value)];
    return low !== null && high !== null && typeof low === typeof high && low <= high;
  }

  // --- calculated.py
  function amount(ref, answers) {
    if (!ref.includes(".")) return hundredths(answers[ref]);
    const [table, column] = ref.split(".");
    const cells = rowsOf(answers[table]).map((row) => hundredths(row[column])).filter((cell) => cell !== null);
    return cells.length ? cells.reduce((a, b) => a + b) : null;
  }

  function multiplied(values) {
    if (!values.length || values.includes(null)) return null;
    return rounded(values.reduce((a, b) => a * b, 1n), 100n ** BigInt(values.length - 1));
  }

  function product(of, answers) {
    const tables = new Set(of.filter((ref) => ref.includes(".")).map(tableOf));
    if (tables.size !== 1 || !of.every((ref) => ref.includes("."))) return multiplied(of.map((r) => amount(r, answers)));
    const rows = rowsOf(answers[[...tables][0]]);
    const found = rows.map((row) => multiplied(of.map((ref) => hundredths(row[ref.split(".")[1]]))));
    const there = found.filter((value) => value !== null);
    return there.length ? there.reduce((a, b) => a + b) : null;
  }

  function counted(op, values) {
    const there = values.filter((value) => value !== null);
    const sum = (list) => list.reduce((a, b) => a + b, 0n);
    if (op === "sum") return there.length ? sum(there) : null;
    if (there.length < values.length || there.length < 2) return null;
    if (op === "difference") return there[0] - sum(there.slice(1));
    return op === "share" && there[1] !== 0n ? rounded(there[0] * 10000n, there[1]) : null;
  }

  function calculate({ op, of = [] }, answers) {
    const found = op === "product" ? product(of, answers) : counted(op, of.map((ref) => amount(ref, answers)));
    return found === null ? null : plain(found);
  }

  // --- asked.py: one pass, what is hidden counts as absent
  function asked(questions, answers) {
    const keys = [];
    const known = {};
    for (const question of questions) {
      if (!(question.shown_if || []).every((one) => holds(one, known[one.key]))) continue;
      keys.push(question.key);
      const value = question.kind === "calculated" ? calculate(question.formula || {}, known) : answers[question.key];
      if (question.kind === "calculated" ? value !== null : question.key in answers) known[question.key] = value;
    }
    return { keys, answers: known };
  }

  // --- cross_rules.py
  function addedUp(rule, answers) {
    const of = rule.kind === "at_most" ? rule.of.slice(0, 1) : rule.of;
    const there = of.map((ref) => amount(ref, answers)).filter((value) => value !== null);
    return there.length ? there.reduce((a, b) => a + b) : null;
  }

  function heldAgainst(rule, answers) {
    if (rule.against) return amount(rule.against, answers);
    return rule.limit === null || rule.limit === undefined ? null : BigInt(rule.limit) * 100n;
  }

  function state(rule, answers) {
    const days = [answers[rule.of[0]], answers[rule.against]];
    if (rule.kind === "at_most" && days.every((day) => typeof day === "string" && DAY.test(day))) {
      return days[0] <= days[1] ? "kept" : "broken";
    }
    const [found, bound] = [addedUp(rule, answers), heldAgainst(rule, answers)];
    if (found === null || bound === null) return "open";
    if (rule.kind === "share_at_most") return found * 100n <= BigInt(rule.limit) * bound ? "kept" : "broken";
    return (rule.kind === "sum_is" ? found === bound : found <= bound) ? "kept" : "broken";
  }

  function figures(rule, answers) {
    return [addedUp(rule, answers), heldAgainst(rule, answers)].map((value) => (value === null ? "" : plain(value)));
  }

  // --- limits.py: [code, bound, row, column] of each broken limit; choices cannot be typed wrong here
  function one(question, value) {
    if (TEXTS.includes(question.kind)) return lengthOf(String(value)) > question.max ? ["too_long", question.max] : null;
    if (question.kind !== "number" && question.kind !== "money") return null;
    const found = hundredths(value);
    if (found === null) return ["no_number", 0];
    if (found < BigInt(question.min) * 100n) return ["too_small", question.min];
    return found > BigInt(question.max) * 100n ? ["too_large", question.max] : null;
  }

  function count(question, size) {
    if (size < question.min) return [["too_few", question.min]];
    return question.max !== null && size > question.max ? [["too_many", question.max]] : [];
  }

  function faults(question, value) {
    const { kind } = question;
    if (!isGiven(value) || kind === "calculated" || kind === "declaration") return [];
    if (kind === "file" || kind === "multiple_choice") return count(question, value.length);
    if (kind !== "table") return [one(question, value)].filter(Boolean);
    const cells = rowsOf(value).flatMap((row, number) => question.columns.flatMap((column) => {
      const cell = row[column.key];
      const wrong = isGiven(cell) ? one(column, cell) : null;
      return wrong ? [[...wrong, number, column.key]] : [];
    }));
    return [...count(question, rowsOf(value).length), ...cells];
  }

  // --- forms/fields.py: what was typed as the value that is stored; undefined for what cannot be read
  function day(text) {
    const iso = /^([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})$/.exec(text);
    const ours = /^(?:([0-9]{1,2})[. /,-]([0-9]{1,2})[. /,-]([0-9]{4})|([0-9]{2})([0-9]{2})([0-9]{4}))$/.exec(text);
    if (!iso && !ours) return undefined;
    const [d, m, y] = iso ? [iso[3], iso[2], iso[1]] : ours.slice(1).filter((part) => part !== undefined);
    const made = new Date(0);
    made.setUTCFullYear(Number(y), Number(m) - 1, Number(d));
    const isReal = Number(y) > 0 && made.getUTCMonth() === Number(m) - 1 && made.getUTCDate() === Number(d);
    return isReal ? `${y}-${m.padStart(2, "0")}-${d.padStart(2, "0")}` : undefined;
  }

  function money(text) {
    const [, sign, units, rest = ""] = /^(-?)([0-9]+)(?:\.([0-9]+))?$/.exec(text.replace(/,/g, ".")) || [];
    if (units === undefined || rest.length > 2 || units.replace(/^0+/, "").length > 15) return undefined;
    return plain(hundredths(sign + units + (rest && `.${rest}`)));
  }

  function parse(kind, typed) {
    const text = typed.replace(/\r\n?/g, "\n");
    if (kind === "number" || kind === "money") {
      const bare = text.replace(GROUPING, "");
      if (bare === "") return null;
      if (kind === "money") return money(bare);
      return /^-?[0-9]{1,15}$/.test(bare) ? Number(bare) : undefined;
    }
    const bare = text.replace(EDGES, "");
    if (kind === "date") return bare === "" ? null : day(bare);
    return bare;
  }

  return { amount, asked, calculate, faults, figures, hundredths, isGiven, lengthOf, parse, plain, state };
})();

// --- the page: [data-rules] holds the questions, [data-question] is one of them
{
  const LANGUAGE = document.documentElement.lang;
  const NBSP = "\u00a0";
  const MOST_SHOWN = 200; // characters left from which the count is shown
  const put = (sentence, words) => sentence.replace(/\{(\w+)\}/g, (all, name) => words[name] ?? all);

  // As core/templatetags/words.py writes numbers.
  function grouped(text) {
    const [units, rest] = text.split(".");
    const whole = units.replace(/\B(?=(\d{3})+$)/g, LANGUAGE === "en" ? "," : NBSP);
    return rest ? `${whole}${LANGUAGE === "en" ? "." : ","}${rest}` : whole;
  }

  function figure(text, unit) {
    if (!text) return "";
    if (unit === "percent") return `${grouped(text)}${NBSP}%`;
    if (unit !== "money") return grouped(text);
    const amount = grouped(text.includes(".") ? text.replace(/\.(\d)$/, ".$10") : text);
    return LANGUAGE === "en" ? `KZT${NBSP}${amount}` : `${amount}${NBSP}₸`;
  }

  function start(box) {
    const told = JSON.parse(box.dataset.rules);
    const words = box.dataset;
    const wrappers = new Map([...box.querySelectorAll("[data-question]")].map((w) => [w.dataset.question, w]));

    function row(question, number) {
      const cells = question.columns.map(({ key, kind }) => {
        const control = box.querySelector(`[name="q_${question.key}-${number}-${key}"]`);
        return [key, control ? Rules.parse(kind, control.value) : null];
      });
      return Object.fromEntries(cells.filter(([, value]) => Rules.isGiven(value)));
    }

    function read(question) {
      const wrapper = wrappers.get(question.key);
      const controls = [...wrapper.querySelectorAll(`[name="q_${question.key}"]`)];
      if (question.kind === "table") {
        const numbers = [...wrapper.querySelectorAll("tbody tr")].map(numberOf);
        return numbers.map((number) => row(question, number)).filter((cells) => Object.keys(cells).length);
      }
      if (question.kind === "file") {
        const chosen = controls.flatMap((control) => [...(control.files || [])]);
        return [...wrapper.querySelectorAll(".file"), ...chosen].map(() => ({}));
      }
      const ticked = controls.filter((control) => control.checked).map((control) => control.value);
      if (question.kind === "declaration") return ticked.length > 0;
      if (question.kind === "multiple_choice") return ticked;
      if (question.kind === "single_choice" && controls[0]?.type === "radio") return ticked[0] || "";
      return controls[0] ? Rules.parse(question.kind, controls[0].value) : undefined;
    }

    const numberOf = (line) => Number(/-([0-9]+)-[a-z]/.exec(line.querySelector("[name]").name)[1]);

    function line(wrapper, kind, text) {
      let place = wrapper.querySelector(`:scope > .${kind}`);
      if (!place && !text) return;
      if (!place) {
        place = document.createElement("p");
        place.className = kind;
        place.setAttribute("aria-live", "polite");
        wrapper.append(place);
      }
      if (place.textContent !== text) place.textContent = text;
    }

    // How much is left of a long text, and what is beyond a limit.
    function judge(question, value) {
      const wrapper = wrappers.get(question.key);
      const found = value === undefined ? [] : Rules.faults(question, value).filter(([code]) => words[code]);
      if (question.kind === "long_text") {
        const left = question.max - Rules.lengthOf(value || "");
        const said = left < 0 ? put(words.over, { count: grouped(String(-left)) })
          : left <= MOST_SHOWN ? put(words.left, { count: grouped(String(left)) }) : "";
        wrapper.classList.toggle("question--over", left < 0);
        return line(wrapper, "question__count", said);
      }
      const [code, bound] = found[0] || [];
      wrapper.classList.toggle("question--over", Boolean(code));
      return line(wrapper, "question__count", code ? put(words[code], { limit: grouped(String(bound)) }) : "");
    }

    function update() {
      const answers = { ...told.answers };
      for (const question of told.questions) {
        if (!wrappers.has(question.key) || question.kind === "calculated") continue;
        const value = read(question);
        judge(question, value);
        if (value !== undefined) answers[question.key] = value;
      }
      const found = Rules.asked(told.questions, answers);
      for (const question of told.questions) {
        const wrapper = wrappers.get(question.key);
        if (!wrapper) continue;
        wrapper.hidden = !found.keys.includes(question.key);
        delete wrapper.dataset.unasked;
        if (question.kind === "calculated") {
          const text = figure(found.answers[question.key], (question.formula || {}).unit);
          wrapper.querySelector("[data-calculated]").textContent = text || "—";
        }
      }
      for (const [number, rule] of told.rules.entries()) show(number, rule, found.answers);
    }

    function show(number, rule, answers) {
      const place = box.querySelector(`[data-rule="${number}"]`);
      const state = Rules.state(rule, answers);
      const [found, bound] = Rules.figures(rule, answers).map((text) => figure(text, rule.unit));
      if (!place) return;
      place.dataset.state = state;
      place.querySelector(".rule__word").textContent = words[state];
      place.querySelector(".rule__figures").textContent = found && bound ? `${found} / ${bound}` : "";
    }

    // Rows of a table: one more, one less, without the server.
    function rename(line, number) {
      for (const control of line.querySelectorAll("[name]")) {
        control.name = control.name.replace(/-[0-9]+-/, `-${number}-`);
        control.id = `id_${control.name}`;
        const column = control.closest("td").dataset.label;
        control.setAttribute("aria-label", put(words.row, { column, number: number + 1 }));
      }
    }

    function clear(line) {
      for (const control of line.querySelectorAll("[name]")) {
        control.value = "";
        control.classList.remove("is-invalid");
      }
    }

    function add(table) {
      const lines = [...table.querySelectorAll("tbody tr")];
      if (lines.length >= Number(table.dataset.most)) return null;
      const made = lines[lines.length - 1].cloneNode(true);
      clear(made);
      rename(made, Math.max(...lines.map(numberOf)) + 1);
      table.tBodies[0].append(made);
      limit(table);
      return made;
    }

    function remove(table, line) {
      const isLast = table.querySelectorAll("tbody tr").length === 1;
      clear(line);
      line.querySelector("[name]").dispatchEvent(new Event("input", { bubbles: true }));
      if (!isLast) line.remove();
      limit(table);
      (table.querySelector("tbody [name]") || table).dispatchEvent(new Event("input", { bubbles: true }));
      table.querySelector("tbody tr:last-child [name]").focus();
    }

    function limit(table) {
      const button = box.querySelector(`[data-add-row="${table.dataset.rows}"]`);
      if (button) button.hidden = table.querySelectorAll("tbody tr").length >= Number(table.dataset.most);
    }

    function dress(table) {
      const head = document.createElement("td");
      table.tHead.rows[0].append(head);
      for (const body of table.tBodies[0].rows) {
        const cell = document.createElement("td");
        const button = document.createElement("button");
        button.type = "button";
        button.className = "btn btn-link";
        button.dataset.removeRow = "";
        button.textContent = words.remove;
        cell.append(button);
        body.append(cell);
      }
      limit(table);
    }

    box.addEventListener("click", (event) => {
      const more = event.target.closest("[data-add-row]");
      const less = event.target.closest("[data-remove-row]");
      if (more) {
        event.preventDefault();
        add(box.querySelector(`[data-rows="${more.dataset.addRow}"]`))?.querySelector("[name]").focus();
      }
      if (less) remove(less.closest("table"), less.closest("tr"));
    });
    // A text that the saver brings back may need more rows than the page has (static/js/saving.js).
    document.addEventListener("restoring", ({ detail }) => {
      const table = box.querySelector(`[data-rows="${CSS.escape(detail.name)}"]`);
      if (!table || detail.value === null || typeof detail.value !== "object") return;
      const wanted = Object.keys(detail.value).map((name) => Number(/-([0-9]+)-/.exec(name)?.[1] ?? 0));
      while (Math.max(0, ...wanted) > Math.max(...[...table.querySelectorAll("tbody tr")].map(numberOf))) {
        if (!add(table)) break;
      }
    });
    for (const type of ["input", "change", "restored"]) box.addEventListener(type, update);
    box.querySelectorAll("table[data-rows]").forEach(dress);
    update();
  }

  document.querySelectorAll("[data-rules]").forEach(start);
}
