// @ts-check
/** The time left, counted here from what the server said; told at five minutes, at one, and at none. */
import { part, parts, setText } from "./page.js";

const MARKS = /** @type {const} */ ([
  [5 * 60, "five"],
  [60, "minute"],
  [0, "over"],
]);

/**
 * @param {import("./link.js").Link} link
 * @param {import("./page.js").Words} words
 * @param {import("./say.js").Voice} voice
 */
export function follow(link, words, voice) {
  const clock = part(document, "[data-clock]");
  /** @type {number | null} seconds at the last look, to see a mark being passed */
  let before = null;
  const look = () => {
    if (!link.board.seq) return;
    const { left } = link.board;
    const seconds = left === null ? null : Math.ceil(left / 1000);
    show(clock, seconds);
    if (seconds !== null && before !== null) {
      for (const [mark, name] of MARKS) {
        if (before > mark && seconds <= mark) voice.now(words.say(name));
      }
    }
    before = seconds;
  };
  link.addEventListener("change", look);
  window.setInterval(look, 1000);
}

/**
 * @param {HTMLElement} clock
 * @param {number | null} seconds
 */
function show(clock, seconds) {
  clock.hidden = seconds === null;
  if (seconds === null) return;
  for (const still of parts(clock, "[data-still]")) still.hidden = true;
  for (const ticking of parts(clock, "[data-ticking], [data-left]")) ticking.hidden = seconds === 0;
  part(clock, "[data-over]").hidden = seconds > 0;
  const rest = String(seconds % 60).padStart(2, "0");
  const between = document.documentElement.lang === "da" ? "." : ":";
  setText(part(clock, "[data-left]"), `${Math.floor(seconds / 60)}${between}${rest}`);
}
