// @ts-check
/** Votes: a press on the ring gives one, the minus beside it takes one back. */

/**
 * @param {HTMLElement} root
 * @param {import("./link.js").Link} link
 * @param {import("./shown.js").Shown} shown
 * @param {import("./page.js").Words} words
 * @param {import("./say.js").Voice} voice
 */
export function follow(root, link, shown, words, voice) {
  /**
   * @param {string} id
   * @param {1 | -1} by
   */
  const give = (id, by) => {
    const left = shown.votesLeft();
    const dots = shown.dots(id) + by;
    if (dots < 0) return;
    if (by < 0 || left > 0) {
      link.send("vote.set", { note: id, dots }).catch((refused) => voice.now(refused.message));
    }
    const { dots: budget } = link.board.settings;
    const said = words.say("left").replace("#", String(shown.votesLeft()));
    voice.now(said.replace("§", String(budget)));
  };
  root.addEventListener("click", (event) => {
    const pressed = /** @type {Element} */ (event.target).closest("[data-more], [data-less]");
    const note = pressed?.closest("[data-note]");
    if (!pressed || !(note instanceof HTMLElement)) return;
    event.preventDefault();
    give(note.dataset.note ?? "", pressed.hasAttribute("data-more") ? 1 : -1);
  });
  return give;
}
