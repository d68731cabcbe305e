/* A page that waits for the worker looks again by itself; without JavaScript its link does the same. */
(function () {
  "use strict";
  var waiting = document.querySelector("[data-reload-seconds]");
  if (waiting) {
    window.setTimeout(function () { window.location.reload(); }, Number(waiting.dataset.reloadSeconds) * 1000);
  }
})();
