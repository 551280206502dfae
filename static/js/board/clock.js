// @ts-check
/** The time left on the facilitator's page and on the wall, counted on here between two messages. */

const SECOND = 1000;

/**
 * `left` answers with the milliseconds to the deadline, null without a timer, and undefined while the
 * board is not known yet: then the page's own number (data-left) is counted down.
 * @param {() => number | null | undefined} left
 */
export function runClocks(left) {
  const loaded = performance.now();
  const look = () => {
    const clocks = /** @type {NodeListOf<HTMLElement>} */ (
      document.querySelectorAll("[data-clock]")
    );
    for (const clock of clocks) show(clock, left() ?? fromPage(clock, left(), loaded));
  };
  look();
  window.setInterval(look, SECOND);
}

/**
 * @param {HTMLElement} clock
 * @param {number | null | undefined} told
 * @param {number} loaded
 */
function fromPage(clock, told, loaded) {
  if (told === null || !clock.dataset.left) return null;
  return Math.max(0, Number(clock.dataset.left) - (performance.now() - loaded));
}

/**
 * @param {HTMLElement} clock
 * @param {number | null} left
 */
function show(clock, left) {
  clock.hidden = left === null;
  const face = clock.querySelector("[data-clock-face]");
  if (left === null || !face) return;
  const seconds = Math.ceil(left / SECOND);
  const text = `${Math.floor(seconds / 60)}.${String(seconds % 60).padStart(2, "0")}`;
  if (face.textContent !== text) face.textContent = text;
}
