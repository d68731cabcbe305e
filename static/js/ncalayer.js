// Signs the bytes of a page through NCALayer, a program on the signer's desktop: asked over its socket, answered with a
// CMS container that one POST sends on. On a phone there is no NCALayer and the button is not shown; without this script
// neither. The server checks everything anew.
"use strict";
{
  const SOCKET = "wss://127.0.0.1:13579";
  const SIGNING = "1.3.6.1.5.5.7.3.4"; // keys for signing, not for signing in
  const PIECE = 0x8000;
  const box = document.querySelector("[data-ncalayer]");
  const isPhone =
    navigator.userAgentData?.mobile ||
    /Android|iPhone|iPad|iPod|Mobile/i.test(navigator.userAgent) ||
    (/Mac/.test(navigator.userAgent) && navigator.maxTouchPoints > 1); // a tablet that says it is a desktop

  class Told extends Error {} // a sentence for the signer

  function base64(bytes) {
    let text = "";
    for (let at = 0; at < bytes.length; at += PIECE) text += String.fromCharCode(...bytes.subarray(at, at + PIECE));
    return btoa(text);
  }

  async function documentBytes(words) {
    const answer = await fetch(words.pdf, { cache: "no-store" });
    if (!answer.ok || answer.redirected) throw new Told(words.gone);
    const bytes = new Uint8Array(await answer.arrayBuffer());
    if (crypto.subtle) { // of a secure page; the server compares in any case
      const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
      const hex = Array.from(hash, (n) => n.toString(16).padStart(2, "0")).join("");
      if (hex !== words.sha256) throw new Told(words.gone);
    }
    return bytes;
  }

  function question(words, bytes) {
    const signerParams = { extKeyUsageOids: [SIGNING] };
    if (words.iin) signerParams.iin = words.iin;
    if (words.bin) signerParams.bin = words.bin;
    return JSON.stringify({
      module: "kz.gov.pki.knca.basics",
      method: "sign",
      args: {
        allowedStorages: null,
        format: "cms",
        data: base64(bytes),
        signingParams: { decode: true, encapsulate: false, digested: false, tsaProfile: {} },
        signerParams,
        locale: document.documentElement.lang === "kk" ? "kk" : "ru",
      },
    });
  }

  // The container in an answer; nothing where it is a greeting or a heartbeat.
  function containerIn(text, words) {
    let said;
    try {
      said = JSON.parse(text);
    } catch {
      return null; // "--heartbeat--"
    }
    if (said.success === false) throw new Told(said.errorCode === "MODULE_NOT_FOUND" ? words.old : words.failed.replace("[message]", said.errorCode ?? ""));
    if (said.status === false) throw new Told(words.failed.replace("[message]", said.message ?? said.code ?? ""));
    if (said.status !== true) return null; // {"result": {"version": ...}}
    const result = [said.body?.result].flat()[0];
    if (typeof result !== "string" || !result) throw new Told(words.cancelled);
    return result;
  }

  function ask(words, bytes, opened) {
    return new Promise((done, refuse) => {
      const socket = new WebSocket(SOCKET);
      let isOpen = false;
      const end = (settle, value) => {
        settle(value);
        socket.close();
      };
      socket.onopen = () => {
        isOpen = true;
        opened();
        socket.send(question(words, bytes));
      };
      socket.onmessage = (event) => {
        try {
          const found = containerIn(event.data, words);
          if (found) end(done, found);
        } catch (error) {
          end(refuse, error);
        }
      };
      socket.onerror = socket.onclose = () => end(refuse, new Told(isOpen ? words.closed : words.absent));
    });
  }

  async function sign(form, button, line) {
    const words = box.dataset;
    const say = (kind, text) => {
      line.dataset.kind = kind;
      line.textContent = text;
    };
    button.disabled = true;
    try {
      say("going", words.asking);
      const bytes = await documentBytes(words);
      form.elements.cms.value = await ask(words, bytes, () => say("going", words.choose));
      say("going", words.sending);
      form.submit();
    } catch (error) {
      say("wrong", error instanceof Told ? error.message : words.gone);
      button.disabled = false;
      button.focus();
    }
  }

  if (box && !isPhone) {
    const form = box.querySelector("form");
    box.hidden = false;
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      sign(form, form.querySelector("button"), box.querySelector("[role=status]"));
    });
    window.addEventListener("pageshow", () => { // back from the next page
      form.querySelector("button").disabled = false;
    });
  }
}
