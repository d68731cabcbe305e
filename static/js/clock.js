// Turns the printed deadline into a live countdown. The server's clock is the only one that counts:
// the start comes from data-server-epoch, time passes by the browser's monotonic clock, and after a
// sleep or a return to the page the Date header of the server sets it right. The phone's own clock is never read.
"use strict";
{
  const born = performance.getEntriesByType("navigation")[0]?.responseStart || performance.now();
  let serverAt = null; // seconds since the epoch, by the server, at the moment `mark`
  let mark = born;

  const now = () => serverAt + (performance.now() - mark) / 1000;

  function parts(left) {
    const whole = Math.max(0, Math.floor(left));
    const days = Math.floor(whole / 86400);
    const hours = Math.floor(whole / 3600) % 24;
    const minutes = Math.floor(whole / 60) % 60;
    const all = [[days, "days"], [hours, "hours"], [minutes, "minutes"], [whole % 60, "seconds"]];
    return days > 0 ? all.slice(0, 3) : all.slice(1); // seconds only on the last day: nothing twitches before
  }

  function cells(left, words) {
    const box = document.createElement("span");
    box.className = "clock__cells";
    for (const [number, name] of parts(left)) {
      const cell = document.createElement("span");
      const value = document.createElement("b");
      const word = document.createElement("span");
      cell.className = "clock__cell";
      value.textContent = String(number).padStart(2, "0");
      word.textContent = words[name];
      cell.append(value, word);
      box.append(cell);
    }
    return box;
  }

  function draw(time) {
    const clock = time.closest(".clock");
    const place = clock?.querySelector("[data-countdown]");
    if (!place) return;
    const left = Number(time.dataset.deadlineEpoch) - now();
    const shown = left > 86400 ? Math.floor(left / 60) : Math.floor(left);
    if (place.dataset.shown === String(shown) && left > 0) return;
    place.dataset.shown = shown;
    if (left > 0) {
      place.replaceChildren(cells(left, place.dataset));
    } else {
      place.textContent = place.dataset.closed;
      clock.classList.add("clock--closed");
    }
  }

  async function ask() {
    try {
      const answer = await fetch(location.href, { method: "HEAD", cache: "no-store" });
      const said = Date.parse(answer.headers.get("Date"));
      if (!Number.isNaN(said)) {
        serverAt = said / 1000;
        mark = performance.now();
      }
    } catch {
      // no network: the monotonic clock goes on
    }
  }

  document.addEventListener("DOMContentLoaded", () => {
    const times = [...document.querySelectorAll("time[data-deadline-epoch][data-server-epoch]")];
    if (!times.length) return;
    serverAt = Number(times[0].dataset.serverEpoch);
    const tick = () => times.forEach(draw);
    tick();
    setInterval(tick, 1000);
    document.addEventListener("visibilitychange", async () => {
      if (document.visibilityState !== "visible") return;
      await ask();
      tick();
    });
    window.addEventListener("pageshow", async (event) => {
      if (!event.persisted) return;
      await ask();
      tick();
    });
  });
}
