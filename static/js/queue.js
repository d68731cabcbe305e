// Texts that wait in this browser for the server: docs/decisions/0008. An entry's `sent` are values that may have
// arrived without an answer; `held` is a refusal or another text: it waits for its person, not for the network.
"use strict";
{
  const me = document.currentScript.dataset.owner;
  const STORE = "texts";
  const PREFIX = "applying:";

  const opened = new Promise((resolve) => {
    try {
      const ask = indexedDB.open("applying", 1);
      ask.onupgradeneeded = () => ask.result.createObjectStore(STORE, { keyPath: "id" });
      ask.onsuccess = () => resolve(ask.result);
      ask.onerror = ask.onblocked = () => resolve(null);
    } catch {
      resolve(null);
    }
  });

  // Answers when it is on disk: a killed browser finds it again.
  async function within(mode, work, otherwise) {
    const db = await opened;
    if (!db) return otherwise();
    return new Promise((done, fail) => {
      const turn = db.transaction(STORE, mode, { durability: "strict" });
      let result;
      work(turn.objectStore(STORE), (value) => { result = value; });
      turn.oncomplete = () => done(result);
      turn.onabort = turn.onerror = () => fail(turn.error);
    });
  }

  const put = (entry) => within("readwrite", (store) => store.put(entry),
    () => localStorage.setItem(PREFIX + entry.id, JSON.stringify(entry)));

  async function all() {
    const found = await within("readonly", (store, give) => {
      const ask = store.getAll();
      ask.onsuccess = () => give(ask.result);
    }, () => Object.keys(localStorage).filter((key) => key.startsWith(PREFIX))
      .map((key) => JSON.parse(localStorage.getItem(key))));
    return found.filter((entry) => entry.owner === me).sort((a, b) => a.at - b.at);
  }

  // Unless it was written again since `at`.
  const remove = (id, at) => within("readwrite", (store) => {
    const ask = store.get(id);
    ask.onsuccess = () => { if (ask.result && ask.result.at === at) store.delete(id); };
  }, () => {
    const kept = JSON.parse(localStorage.getItem(PREFIX + id) || "null");
    if (kept && kept.at === at) localStorage.removeItem(PREFIX + id);
  });

  // `why` the queue waits: "signed-out" or "later".
  class Wait extends Error {
    constructor(why, seconds) {
      super(why);
      this.why = why;
      this.seconds = seconds;
    }
  }

  // Without the cookie nothing is sent: the refusal would bring a new one and spoil a sign-in that is being typed.
  const token = () => /(?:^|; )csrftoken=([^;]+)/.exec(document.cookie)?.[1];

  // Entries of one application.
  async function deliver(entries, keepalive = false) {
    if (!token()) throw new Wait("signed-out");
    const stop = new AbortController();
    const timer = setTimeout(() => stop.abort(), 30000);
    let answer;
    try {
      answer = await fetch(entries[0].url, {
        method: "POST",
        keepalive,
        redirect: "manual",
        signal: stop.signal,
        headers: { "Content-Type": "application/json", "X-CSRFToken": token() },
        body: JSON.stringify({ owner: me, entries: entries.map(({ field, value, rev }) => ({ field, value, rev })) }),
      });
      if (answer.ok || answer.status === 404) return await answer.json();
    } catch {
      throw new Wait("later");
    } finally {
      clearTimeout(timer);
    }
    if (answer.type === "opaqueredirect" || answer.status === 401 || answer.status === 403) throw new Wait("signed-out");
    throw new Wait("later", Number(answer.headers.get("Retry-After")) || 60);
  }

  const bare = (value) => JSON.stringify(value).replace(/\s|\\[rnt]|\u00a0/g, "");

  const isOurs = (entry, conflict) => entry.sent.some((one) => bare(one) === bare(conflict.value));

  // Oldest first; what needs its person stays.
  async function replay(entries) {
    const waiting = entries.filter((entry) => !entry.held);
    while (waiting.length) {
      const entry = waiting[0];
      const [answer] = (await deliver([entry])).answers;
      if (answer.conflict && isOurs(entry, answer.conflict)) {
        entry.rev = answer.conflict.rev;
        entry.sent = [];
        continue;
      }
      if ("saved" in answer) await remove(entry.id, entry.at);
      else await put({ ...entry, held: answer });
      waiting.shift();
    }
  }

  async function forget() {
    for (const entry of await all()) await remove(entry.id, entry.at);
  }

  const pause = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));

  document.addEventListener("submit", async (event) => {
    const form = event.target;
    if (!form.dataset.signOut) return;
    event.preventDefault();
    try {
      if (form.dataset.signOut === "ask") {
        await Promise.race([replay(await all()), pause(3000)]).catch(() => {});
        if ((await all()).length) return location.assign(form.action); // it says what is lost
      }
      await forget();
    } catch {
      // no store: nothing to delete
    }
    form.submit();
  });

  async function warn() {
    const note = document.querySelector("[data-unsent]");
    const entries = note ? await all() : [];
    if (!entries.length) return;
    note.hidden = false;
    note.querySelector("[data-unsent-count]").textContent = entries.length;
    note.querySelector("a").href = entries[entries.length - 1].place;
  }

  window.Queue = { me, put, all, remove, deliver, replay, isOurs, Wait };
  document.addEventListener("DOMContentLoaded", async () => {
    try {
      if (!document.querySelector("[data-saver]")) await replay(await all());
    } catch {
      // it waits for the next page
    }
    warn().catch(() => {});
  });
}
