/* Calls for applications: the page was built on one day and is read on another. Without this script the state is that
   of the day of the build, and the dates beside it say the rest. */
(() => {
  "use strict";
  const TONES = { open: "green", closed: "plain", upcoming: "wheat" };
  const badges = [...document.querySelectorAll("[data-call]")];

  /** Where a call stands at a moment (milliseconds); a missing date bounds nothing. */
  const stateAt = (badge, moment) => {
    if (badge.dataset.closes && moment >= Date.parse(badge.dataset.closes)) {
      return "closed";
    }
    return badge.dataset.opens && moment < Date.parse(badge.dataset.opens) ? "upcoming" : "open";
  };

  const show = () => {
    const now = Date.now();
    for (const badge of badges) {
      const state = stateAt(badge, now);
      if (state !== badge.dataset.call) {
        badge.classList.replace(`badge--${TONES[badge.dataset.call]}`, `badge--${TONES[state]}`);
        badge.dataset.call = state;
        badge.textContent = badge.dataset[state];
      }
    }
  };

  show();
  document.addEventListener("visibilitychange", () => document.hidden || show());
})();
