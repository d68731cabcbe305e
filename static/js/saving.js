// The form's only saver: each edit goes to the browser's store (queue.js), then to the server (docs/decisions/0008).
// A field is saved where its form has its revision, <input type="hidden" name="rev_title" value="3">; a card as one
// object, <li data-save="line_<id>" data-save-rev="3"> with inputs line_<id>-item. Words: templates/grants/_saving.html.
"use strict";
{
  const box = document.querySelector("[data-saver]");
  const DELAY = 700; // ms of rest before a text is sent
  const LONGEST = 5000; // and never later than that
  const RETRY = [3, 6, 12, 30, 60]; // seconds
  const words = box ? box.dataset : {};
  const page = Math.random().toString(36).slice(2);
  const fields = new Map();
  let sending = null;
  let again = false;
  let timer = 0;
  let due = 0;
  let failures = 0;
  let state = "";

  const typed = (control) => control.name && !/^(hidden|file|submit|button|reset)$/.test(control.type);

  const named = (text) => document.querySelector(`input[type=hidden][name="${CSS.escape(text)}"]`);
  const revision = (name) => named(`rev_${name}`);
  const cardOf = (name) => revision(name)?.closest("[data-save]");
  const keyOf = (control) => control.name.slice(control.name.lastIndexOf("-") + 1);
  const isTicked = (control) => !/^(checkbox|radio)$/.test(control.type) || control.checked;

  function nameOf(control) {
    let name = control.form && typed(control) ? control.name : "";
    while (name && !revision(name)) name = name.slice(0, Math.max(0, name.lastIndexOf("-")));
    return name;
  }

  const controlsOf = (name) => [...(revision(name)?.form.elements || [])]
    .filter((control) => control.name.startsWith(name) && nameOf(control) === name);
  const revOf = (name) => parseInt(revision(name)?.value, 10) || 0;

  function setRev(name, rev) {
    if (revision(name)) revision(name).value = rev;
    if (cardOf(name)) cardOf(name).dataset.saveRev = rev;
  }

  // A text as it is; choices as the list of what is chosen; several inputs as {name: list}; a card as {key: value}.
  function read(name) {
    const controls = controlsOf(name);
    if (cardOf(name)) {
      return Object.fromEntries(controls.filter((c) => c.type !== "radio" || c.checked)
        .map((c) => [keyOf(c), c.type === "checkbox" ? c.checked : c.value]));
    }
    if (controls.length === 1 && !/^(checkbox|radio)$/.test(controls[0].type)) return controls[0].value;
    const names = [...new Set(controls.map((control) => control.name))];
    const chosen = (one) => controls.filter((c) => c.name === one && isTicked(c)).map((c) => c.value);
    return names.length === 1 ? chosen(names[0]) : Object.fromEntries(names.map((one) => [one, chosen(one)]));
  }

  function write(name, value) {
    document.dispatchEvent(new CustomEvent("restoring", { detail: { name, value } })); // rules.js makes room for rows
    for (const control of controlsOf(name)) {
      const part = cardOf(name) ? value?.[keyOf(control)] : Array.isArray(value) || typeof value !== "object"
        ? value : value?.[control.name];
      if (part === undefined || part === null) continue;
      if (/^(checkbox|radio)$/.test(control.type)) {
        control.checked = typeof part === "boolean" ? part : [].concat(part).map(String).includes(control.value);
      } else {
        control.value = [].concat(part)[0] ?? "";
      }
    }
    controlsOf(name)[0]?.dispatchEvent(new CustomEvent("restored", { bubbles: true }));
  }

  function textOf(name) {
    return controlsOf(name).filter(isTicked).map((control) => {
      if (control.tagName === "SELECT") return control.selectedOptions[0]?.label || "";
      return /^(checkbox|radio)$/.test(control.type) ? control.labels[0]?.textContent.trim() || "" : control.value;
    }).filter(Boolean).join(" · ");
  }

  function field(name) {
    if (!fields.has(name)) fields.set(name, { name, entry: null, writing: null, again: false });
    return fields.get(name);
  }

  const place = (name) => document.getElementById(`div_id_${name}`) || cardOf(name)
    || controlsOf(name)[0]?.closest("fieldset, div");

  function part(name, kind, tag) {
    const around = place(name);
    let found = around?.querySelector(`:scope > .${kind}`);
    if (around && !found) {
      found = document.createElement(tag);
      found.className = kind;
      around.append(found);
    }
    return found;
  }

  function show(name, kind, text) {
    const line = part(name, "saving", "p");
    if (!line || (line.dataset.kind === kind && line.textContent === text)) return;
    line.dataset.kind = kind;
    line.textContent = text;
    line.id = `saving_${name}`;
    for (const control of controlsOf(name).slice(0, cardOf(name) ? 0 : 1)) {
      const by = control.getAttribute("aria-describedby") || "";
      if (!by.split(" ").includes(line.id)) control.setAttribute("aria-describedby", `${by} ${line.id}`.trim());
      if (kind === "wrong") control.setAttribute("aria-invalid", "true");
      else control.removeAttribute("aria-invalid");
    }
  }

  // Read aloud, so only when something changes: not at each save.
  function tell(kind, text, link) {
    if (state === kind) return;
    state = kind;
    box.dataset.kind = kind;
    box.textContent = text;
    if (link) {
      const way = document.createElement("a");
      way.href = link.href;
      way.textContent = link.text;
      box.append(" ", way);
    }
  }

  async function keep(one) {
    one.again = true;
    if (one.writing) return one.writing;
    one.writing = (async () => {
      await null;
      try {
        while (one.again && one.entry) {
          one.again = false;
          await Queue.put(one.entry);
        }
        one.isKept = true;
      } catch {
        one.isKept = false; // no store at all: the page says so when it cannot send either
      } finally {
        one.writing = null;
      }
    })();
    return one.writing;
  }

  function edited(name) {
    const one = field(name);
    const before = one.entry;
    one.entry = {
      id: before?.id || [Queue.me, words.application, name, page].join("|"),
      owner: Queue.me,
      application: words.application,
      url: words.saver,
      place: location.pathname,
      field: name,
      value: read(name),
      rev: before ? before.rev : revOf(name),
      at: Math.max(Date.now(), (before?.at || 0) + 1),
      sent: before?.sent || [],
      held: before?.held?.conflict ? before.held : null,
    };
    keep(one).then(() => {
      if (one.entry && /kept|out/.test(state)) show(name, "kept", one.isKept === false ? words.unkept : words.kept);
    });
    if (one.entry.held) return choose(one);
    if (!/kept|out/.test(state)) show(name, "saving", words.saving);
    soon();
  }

  function soon() {
    const now = Date.now();
    due = due || now + LONGEST;
    clearTimeout(timer);
    timer = setTimeout(flush, Math.min(DELAY, Math.max(0, due - now)));
  }

  const unsent = () => [...fields.values()].filter((one) => one.entry && !one.entry.held);

  // One request at a time; what is typed meanwhile goes with the next one.
  function flush() {
    clearTimeout(timer);
    due = 0;
    again = true;
    sending = sending || (async () => {
      await null; // so that `sending` is set before it is cleared
      try {
        while (again && unsent().length) {
          again = false;
          await once(unsent().slice(0, 20));
        }
        failures = 0;
        if (![...fields.values()].some((one) => one.entry) && state) tell("saved", words.everything);
      } catch (wait) {
        later(wait);
      } finally {
        sending = null;
      }
    })();
    return sending;
  }

  async function once(batch) {
    for (const one of batch) {
      one.entry.sent = [...one.entry.sent.slice(-2), one.entry.value];
      await keep(one);
    }
    const sent = batch.map((one) => one.entry);
    const { answers, at, missing } = await Queue.deliver(sent);
    for (const [n, one] of batch.entries()) await settle(one, sent[n], answers[n], at);
    const note = document.querySelector("[data-not-sent]");
    if (note && missing !== undefined) note.hidden = missing; // absent: as before
    if (unsent().length) again = true;
  }

  async function settle(one, sent, answer, at) {
    const isSame = one.entry.at === sent.at;
    if ("saved" in answer) {
      setRev(one.name, answer.saved);
      if (isSame) {
        one.entry = null;
        await Queue.remove(sent.id, sent.at);
        show(one.name, answer.hint ? "hint" : "saved", words.saved.replace("{time}", at) + (answer.hint ? ` ${answer.hint}` : ""));
      } else {
        Object.assign(one.entry, { rev: answer.saved, sent: [] });
        await keep(one);
      }
      state = state || "saving";
    } else if (answer.conflict && Queue.isOurs(sent, answer.conflict)) {
      Object.assign(one.entry, { rev: answer.conflict.rev, sent: [] });
      await keep(one);
    } else if (answer.conflict || isSame) {
      if (answer.rev) setRev(one.name, one.entry.rev = answer.rev); // of a card, what is right was saved
      one.entry.held = answer;
      await keep(one);
      if (answer.conflict) choose(one);
      else {
        show(one.name, "wrong", `${answer.refused} ${words.held}`);
        tell("wrong", `${answer.refused} ${words.held}`);
      }
    }
  }

  function later(wait) {
    const isOut = wait.why === "signed-out";
    for (const one of unsent()) show(one.name, "kept", one.isKept === false ? words.unkept : words.kept);
    if (isOut) {
      const next = encodeURIComponent(location.pathname);
      tell("out", words.out, { href: `${words.signIn}?next=${next}`, text: words.signInWords });
    } else {
      const isKept = unsent().every((one) => one.isKept !== false);
      tell(isKept ? "kept" : "unkept", isKept ? words.kept : words.unkept);
    }
    clearTimeout(timer);
    timer = setTimeout(flush, 1000 * (wait.seconds || RETRY[Math.min(failures, RETRY.length - 1)]));
    failures += 1;
  }

  function block(title, text) {
    const around = document.createElement("div");
    const head = document.createElement("p");
    const body = document.createElement("p");
    around.className = "clash__text";
    head.className = "clash__title";
    head.textContent = title;
    body.textContent = text || "—";
    around.append(head, body);
    return around;
  }

  function button(text, press) {
    const made = document.createElement("button");
    made.type = "button";
    made.className = "btn btn-secondary";
    made.textContent = text;
    made.addEventListener("click", press);
    return made;
  }

  function choose(one) {
    const { conflict } = one.entry.held;
    const panel = part(one.name, "clash", "div");
    if (!panel) return;
    const done = () => {
      panel.remove();
      controlsOf(one.name)[0]?.focus();
    };
    show(one.name, "clash", words.clash);
    panel.setAttribute("role", "group");
    panel.setAttribute("aria-label", words.clash);
    panel.replaceChildren(
      block(words.mine, textOf(one.name)),
      block(words.theirs, conflict.theirs),
      button(words.keepMine, () => {
        Object.assign(one.entry, { rev: conflict.rev, held: null, sent: [] });
        done();
        keep(one).then(flush);
      }),
      button(words.takeTheirs, async () => {
        const { id, at } = one.entry;
        one.entry = null;
        write(one.name, conflict.value);
        setRev(one.name, conflict.rev);
        await one.writing;
        await Queue.remove(id, at);
        show(one.name, "saved", words.chosen);
        flush();
        done();
      }),
    );
    tell("clash", words.clash);
  }

  // What an earlier page left; older texts of the same field are sent first.
  async function restore() {
    const entries = await Queue.all();
    const here = entries.filter((entry) => entry.application === words.application && controlsOf(entry.field).length);
    const newest = new Map(here.map((entry) => [entry.field, entry]));
    for (const entry of newest.values()) {
      const one = field(entry.field);
      if (one.entry) continue; // typed on this page already, which is newer
      one.entry = entry;
      if (JSON.stringify(read(entry.field)) !== JSON.stringify(entry.value)) write(entry.field, entry.value);
      entry.held = null; // asked once more: the rule, the clock or the other text may have changed
      show(entry.field, "kept", words.kept);
    }
    const others = entries.filter((entry) => newest.get(entry.field) !== entry);
    try {
      await Queue.replay(others);
      // A card that was begun here and never reached the page: the server has it now.
      const isNew = (entry) => entry.place === location.pathname && !entry.held && !controlsOf(entry.field).length;
      if (others.some(isNew) && !unsent().length) return location.reload();
    } catch (wait) {
      return unsent().length ? later(wait) : undefined;
    }
    return flush();
  }

  // What is not answered yet goes with the page; the next page sends it again.
  function leave() {
    const batch = unsent().map((one) => one.entry);
    if (batch.length && JSON.stringify(batch).length < 60000) Queue.deliver(batch, true).catch(() => {});
  }

  // Without a network the button stays here instead of losing the page.
  async function submitted(event) {
    const form = event.target;
    if (form.dataset.isFlushed || !form.querySelector("input[name^=rev_]")) return;
    event.preventDefault();
    state = "";
    await new Promise((done) => setTimeout(done)); // a form does not submit again inside its own submit event
    await Promise.race([flush(), new Promise((done) => setTimeout(done, 35000))]);
    const open = [...fields.values()].find((one) => one.entry?.held?.conflict && form.contains(revision(one.name)));
    if (open) return part(open.name, "clash", "div").scrollIntoView({ block: "center" });
    if (state === "kept" || state === "unkept") return undefined;
    if (!navigator.onLine) return tell("kept", words.offline);
    form.dataset.isFlushed = "yes";
    form.requestSubmit(event.submitter);
    delete form.dataset.isFlushed; // the page may come back
  }

  function start() {
    const edit = (event) => {
      const name = event.target.closest("input, textarea, select") && nameOf(event.target);
      if (name) edited(name);
    };
    document.addEventListener("input", edit);
    document.addEventListener("focusout", () => { if (unsent().length) flush(); });
    document.addEventListener("submit", submitted);
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "hidden") leave();
      else if (unsent().length) flush();
    });
    window.addEventListener("pagehide", leave);
    window.addEventListener("online", () => { if (unsent().length) flush(); });
    restore().catch(() => {});
  }

  if (box && window.Queue) start();
}
