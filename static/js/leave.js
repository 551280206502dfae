// @ts-check
/**
 * "Leave this page", by the link or by Escape three times: the page is emptied at once and its place
 * in the browser's history is taken by the page one goes to. Back then leads on from every page of
 * ours that can be left. What the history lists it cannot clear, and the page says so.
 *
 * Not a module: it stands before the words of a page, and nothing of them is drawn where it leads on.
 */
(() => {
  /** Set in this tab when somebody leaves; it holds no words, and a page opened anew takes it away. */
  const LEFT = "left";
  const TIMES = 3;
  const WITHIN_MS = 2000;

  /** @type {HTMLAnchorElement | null} */
  const link = document.querySelector("[data-leave]");
  if (!link) return;
  const away = link.href;

  /** @param {boolean | undefined} [now] */
  function hasLeft(now) {
    try {
      if (now === true) window.sessionStorage.setItem(LEFT, "1");
      if (now === false) window.sessionStorage.removeItem(LEFT);
      return window.sessionStorage.getItem(LEFT) !== null;
    } catch {
      // Without storage one leaves all the same.
      return false;
    }
  }

  function leave() {
    hasLeft(true);
    document.title = new URL(away).hostname;
    document.documentElement.hidden = true;
    document.body.replaceChildren();
    window.location.replace(away);
  }

  const [came] = performance.getEntriesByType("navigation");
  if (came instanceof PerformanceNavigationTiming && came.type === "back_forward" && hasLeft()) {
    // The words are not even read.
    window.stop();
    leave();
    return;
  }
  hasLeft(false);
  // A page that the browser has kept alive comes back without being loaded.
  window.addEventListener("pageshow", (event) => {
    if (event.persisted && hasLeft()) leave();
  });

  link.addEventListener("click", (event) => {
    event.preventDefault();
    leave();
  });

  /** @type {number[]} */
  let pressed = [];
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.repeat) return;
    pressed = [...pressed, event.timeStamp].filter((at) => event.timeStamp - at < WITHIN_MS);
    if (pressed.length >= TIMES) leave();
  });
  const note = document.querySelector("[data-leave-note]");
  const byKey = note?.getAttribute("data-leave-note");
  if (note && byKey && !note.textContent?.includes(byKey)) note.append(` ${byKey}`);
})();
