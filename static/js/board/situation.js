// @ts-check
/** How things stand, in the words by which the page shows and hides its parts: the same as
 * cocreate/boards/situation.py, so that a change of phase asks nothing of the server. */

/**
 * @param {import("./state.js").Board} board
 * @param {string} template "free" or "affinity"
 * @returns {Set<string>}
 */
export function situation(board, template) {
  const { phase, hidden } = board.settings;
  const leads = board.me.role === "facilitator";
  const words = new Set([phase]);
  if (phase === "collect") words.add(hidden ? "hidden" : "open");
  if (phase === "collect" || phase === "cluster" || (leads && phase === "discuss")) {
    words.add("write");
  }
  if (
    phase === "cluster" ||
    (leads && phase === "discuss") ||
    (template === "free" && phase === "collect" && !hidden)
  ) {
    words.add("arrange");
  }
  if (template !== "free" && (phase === "discuss" || phase === "closed")) words.add("counted");
  return words;
}

/**
 * @param {Set<string>} words
 * @param {boolean} isPaused
 * @param {ParentNode} [within]
 */
export function showFor(words, isPaused, within = document) {
  for (const part of parts(within, "[data-phases]")) {
    part.hidden = !(part.dataset.phases ?? "").split(" ").some((word) => words.has(word));
  }
  for (const part of parts(within, "[data-when]")) {
    part.hidden = (part.dataset.when === "paused") !== isPaused;
  }
}

/**
 * @param {ParentNode} within
 * @param {string} selector
 */
function parts(within, selector) {
  return /** @type {NodeListOf<HTMLElement>} */ (within.querySelectorAll(selector));
}
