// @ts-check
/** Fields: what is missing gets the focus, and long texts say how much room is left near the end. */

/** Below this share of the limit the count is shown; earlier it would only disturb. */
const NEAR = 0.2;
/** Milliseconds without a keystroke before the count is said: a number per letter is noise. */
const PAUSE = 700;

/** @type {HTMLElement | null} */
const errors = document.querySelector("[data-errors]");
errors?.focus();

for (const count of /** @type {NodeListOf<HTMLElement>} */ (
  document.querySelectorAll("[data-count]")
)) {
  const field = count.closest(".field")?.querySelector("textarea");
  if (field) follow(field, count);
}

/**
 * @param {HTMLTextAreaElement} field
 * @param {HTMLElement} count
 */
function follow(field, count) {
  const limit = Number(count.dataset.count);
  /** @type {number | undefined} */
  let waiting;
  const say = () => {
    const left = limit - [...field.value].length;
    count.hidden = left > limit * NEAR;
    const sentence = (left < 0 ? count.dataset.over : count.dataset.left) ?? "";
    count.textContent = sentence.replace("#", String(Math.abs(left)));
  };
  field.addEventListener("input", () => {
    window.clearTimeout(waiting);
    waiting = window.setTimeout(say, PAUSE);
  });
  say();
}
