// Files go up in pieces as soon as they are chosen, and on after a cut. Without this script one POST sends them.
"use strict";
{
  const words = document.querySelector("[data-upload-words]")?.dataset;
  const WAITS = [1, 2, 4, 8, 15]; // seconds before the next try
  const BOX = "[data-upload], .question[id]"; // where a file input stands
  const PATIENCE = 120000; // ms, on the slowest line
  const queue = [];
  let isGoing = false;

  class Refusal extends Error {} // the server's sentence
  class Ended extends Error {} // the session has
  class Gone extends Error {} // the upload is not there any more

  const fill = (text, values) => text.replace(/\[(\w+)\]/g, (all, name) => values[name] ?? all);
  const cookie = () => /(?:^|; )csrftoken=([^;]+)/.exec(document.cookie)?.[1]; // a new one after a sign-in
  const token = () => cookie() || document.querySelector("[name=csrfmiddlewaretoken]")?.value || "";

  // Name, size and date of a file as 16 letters: the same file is known again.
  function fingerprint(file) {
    let a = 0x811c9dc5;
    let b = 0x1b873593;
    for (const letter of `${file.name}|${file.size}|${file.lastModified}`) {
      const code = letter.codePointAt(0);
      a = Math.imul(a ^ code, 0x01000193);
      b = Math.imul(b ^ code, 0x85ebca6b) ^ (b >>> 13);
    }
    return [a, b].map((n) => (n >>> 0).toString(16).padStart(8, "0")).join("");
  }

  async function ask(url, body) {
    const isPiece = body instanceof ArrayBuffer;
    const options = { redirect: "manual", cache: "no-store", signal: AbortSignal.timeout?.(PATIENCE) };
    if (body) {
      options.method = "POST";
      options.headers = { "X-CSRFToken": token(), "Content-Type": isPiece ? "application/octet-stream" : "application/json" };
      options.body = isPiece ? body : JSON.stringify(body);
    }
    const answer = await fetch(url, options);
    if (answer.type === "opaqueredirect") throw new Ended();
    const said = answer.headers.get("Content-Type")?.includes("json") ? await answer.json() : {};
    if (answer.ok) return said;
    if (said.code === "gap") throw new Gone();
    if (said.sentence) throw new Refusal(said.sentence);
    if (answer.status === 404) throw new Gone();
    if (answer.status < 500 && answer.status !== 429) throw new Refusal(words.failed);
    throw new TypeError(`answer ${answer.status}`);
  }

  // --- what is seen ---------------------------------------------------------------------------------------------

  const panel = (batch) => document.getElementById(batch.id);

  // The line below the input, read aloud when it changes, and the bar.
  function statusOf(box) {
    let status = box.querySelector(".upload__status");
    if (!status) {
      status = document.createElement("div");
      status.className = "upload__status";
      status.tabIndex = -1;
      const [line, bar] = [document.createElement("p"), document.createElement("progress")];
      line.setAttribute("role", "status");
      bar.max = 100;
      bar.setAttribute("aria-label", words.label);
      status.append(line, bar);
      box.append(status);
    }
    return status;
  }

  function show(batch, kind, text, percent) {
    const box = panel(batch);
    if (!box) return null;
    const status = statusOf(box);
    const [line, bar] = [status.querySelector("p"), status.querySelector("progress")];
    status.dataset.kind = kind;
    if (line.textContent !== text) line.textContent = text;
    bar.hidden = percent === undefined;
    if (percent !== undefined) bar.value = percent;
    return line;
  }

  function showSignIn(batch, line) {
    const link = document.createElement("a");
    link.href = `${words.login}?next=${encodeURIComponent(location.pathname)}`;
    link.target = "_blank";
    link.textContent = words.signIn;
    line?.append(" ", link);
  }

  const percentOf = (batch, received) => Math.floor(((batch.before + received) * 100) / Math.max(1, batch.total));

  // Puts the panel of the page as the server shows it now into the place of ours.
  async function refresh(batch) {
    const page = await fetch(location.href, { cache: "no-store" });
    const fresh = new DOMParser().parseFromString(await page.text(), "text/html");
    const [old, now] = [panel(batch), fresh.getElementById(batch.id)];
    if (!old || !now) return;
    const hadFocus = old.contains(document.activeElement);
    old.replaceWith(document.adoptNode(now));
    dress(now);
    if (hadFocus) statusOf(now).focus();
    const banner = document.querySelector("[data-not-sent]"); // the last gap may have been this file
    if (banner) banner.hidden = fresh.querySelector("[data-not-sent]")?.hidden ?? true;
    for (const form of fresh.querySelectorAll("form[id]")) { // of buttons that are new
      if (!document.getElementById(form.id)) document.querySelector("main").append(document.adoptNode(form));
    }
  }

  // --- one file ---------------------------------------------------------------------------------------------------

  // Waits until the network or the person is back, or for a while.
  function rest(tries) {
    const seconds = WAITS[Math.min(tries, WAITS.length - 1)];
    return new Promise((done) => {
      const stop = () => {
        clearTimeout(timer);
        for (const name of ["online", "focus"]) window.removeEventListener(name, stop);
        done();
      };
      const timer = setTimeout(stop, seconds * 1000);
      for (const name of ["online", "focus"]) window.addEventListener(name, stop);
    });
  }

  async function pieceOf(file, from, size) {
    try {
      return await file.slice(from, Math.min(file.size, from + size)).arrayBuffer();
    } catch {
      throw new Refusal(words.unreadable);
    }
  }

  async function send(batch, file) {
    const about = { field: batch.field, name: file.name, size: file.size, fingerprint: fingerprint(file) };
    about.together = batch.files.length;
    about.photos = batch.files.filter((one) => /^image\/(jpeg|png|webp)$/.test(one.type)).length;
    let upload = null;
    let isSure = false; // whether we know how much the server has
    for (let tries = 0; ;) {
      try {
        if (!upload) upload = await ask(words.begin, about);
        else if (!isSure) upload = await ask(words.pieces.replace("ID", upload.id));
        isSure = true;
        const percent = percentOf(batch, upload.received);
        show(batch, "going", fill(words.going, { name: file.name, percent }), percent);
        if (upload.received >= file.size) return upload.id;
        const piece = await pieceOf(file, upload.received, upload.piece);
        upload = await ask(`${words.pieces.replace("ID", upload.id)}?offset=${upload.received}`, piece);
        tries = 0;
      } catch (error) {
        if (error instanceof Refusal || tries > 200) throw error;
        isSure = false;
        if (error instanceof Gone) upload = null;
        const percent = percentOf(batch, upload?.received || 0);
        const isEnded = error instanceof Ended;
        const line = show(batch, "wait", fill(isEnded ? words.session : words.offline, { percent }), percent);
        if (isEnded) showSignIn(batch, line);
        await rest(tries++);
      }
    }
  }

  // --- files that were chosen together ----------------------------------------------------------------------------

  async function finish(batch, uploads) {
    for (let tries = 0; ; tries++) {
      try {
        return await ask(words.finish, { field: batch.field, uploads });
      } catch (error) {
        // The answer to the try before was lost on its way: what it stored is there, and its upload is not.
        if (error instanceof Gone && tries) return { names: batch.files.map((file) => file.name), warnings: [] };
        if (error instanceof Refusal || error instanceof Gone || tries > 200) throw error;
        const isEnded = error instanceof Ended;
        const line = show(batch, "wait", fill(isEnded ? words.session : words.offline, { percent: 100 }), 100);
        if (isEnded) showSignIn(batch, line);
        await rest(tries);
      }
    }
  }

  async function carry(batch) {
    const uploads = [];
    for (const file of batch.files) {
      uploads.push(await send(batch, file));
      batch.before += file.size;
    }
    show(batch, "going", words.checking, 100);
    const stored = await finish(batch, uploads);
    const lines = stored.names.map((name) => fill(words.done, { name }));
    const [kind, text] = [stored.warnings.length ? "wait" : "done", [...lines, ...stored.warnings].join("\n")];
    show(batch, kind, text);
    await refresh(batch).then(() => setTimeout(() => show(batch, kind, text), 50), () => null); // a new region is not read
  }

  async function go() {
    if (isGoing) return;
    isGoing = true;
    while (queue.length) {
      const batch = queue.shift();
      try {
        await carry(batch);
      } catch (error) {
        show(batch, "bad", error instanceof Refusal ? error.message : words.failed);
      }
    }
    isGoing = false;
  }

  function chosen(event) {
    const input = event.target;
    const box = input.closest(BOX);
    const files = [...input.files];
    if (!box || !files.length) return;
    const total = files.reduce((sum, file) => sum + file.size, 0);
    const batch = { id: box.id, field: box.dataset.upload || input.name, files, total, before: 0 };
    input.value = "";
    queue.push(batch);
    if (isGoing) show(batch, "going", fill(words.waiting, { name: files[0].name }));
    go();
  }

  function dress(root) {
    for (const button of root.querySelectorAll("[data-upload-button], .question__upload > button")) button.hidden = true;
  }

  if (words && window.fetch && window.Blob) {
    document.addEventListener("DOMContentLoaded", () => dress(document));
    document.addEventListener("change", (event) => {
      if (event.target.matches("input[type=file]")) chosen(event);
    });
  }
}
