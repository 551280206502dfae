// @ts-check
/**
 * Choosing a place in a text, with the mouse or with keys; the forms beside it are told where it is.
 *
 * A place is counted as the server counts it: in characters, of which 🌻 is one. Only what lies in
 * [data-from] is the author's; sentence numbers and what is said of marks stand between.
 */
import { endOfWord, sentenceAt, startOfWord, trimmed } from "./places.js";

/** @typedef {import("./places.js").Place} Place */

const text = /** @type {HTMLElement | null} */ (document.querySelector("[data-text]"));
if (text) follow(text);

/** @param {HTMLElement} text */
function follow(text) {
  const pieces = /** @type {HTMLElement[]} */ ([...text.querySelectorAll("[data-from]")]);
  const letters = pieces.flatMap((piece) => [...(piece.textContent ?? "")]);
  const begins = [...text.querySelectorAll("[data-begins]")].map((number) =>
    Number(number.getAttribute("data-begins")),
  );
  const forms = /** @type {HTMLFormElement[]} */ ([...document.querySelectorAll("[data-place]")]);
  const status = document.querySelector("[data-status]");
  /** @type {Place | null} */
  let chosen = null;

  explain(text);
  document.addEventListener("selectionchange", () => {
    const place = selected();
    if (place) tell(place);
  });
  text.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.key === "Enter") {
      const code = forms[0]?.querySelector("[name=code]");
      if (code instanceof HTMLElement) code.focus();
    } else if (event.key.startsWith("Arrow")) {
      const place = moved(event.key, event.shiftKey);
      if (place) select(place);
    } else return;
    event.preventDefault();
  });
  for (const form of forms) {
    for (const list of form.querySelectorAll("select[data-sentence]")) {
      list.addEventListener("change", () => fill(form, null));
    }
    const [start, end] = ["start", "end"].map((name) => field(form, name).value);
    if (start && end) show(form, { start: Number(start), end: Number(end) });
  }

  /**
   * @param {string} key
   * @param {boolean} longer whether it is the end that moves
   * @returns {Place | null}
   */
  function moved(key, longer) {
    const step = key === "ArrowDown" || key === "ArrowRight" ? 1 : -1;
    const first = sentenceAt(begins, chosen?.start ?? 0);
    const last = sentenceAt(begins, Math.max((chosen?.end ?? 1) - 1, 0));
    if (!chosen) return sentences(0, 0);
    if (key === "ArrowDown" || key === "ArrowUp") {
      if (longer) {
        const whole = sentences(first, Math.max(first, last + step));
        return whole && { ...whole, start: chosen.start };
      }
      const next = (step > 0 ? last : first) + step;
      return sentences(next, next);
    }
    if (longer) return { ...chosen, end: endOfWord(letters, chosen, step) };
    return { ...chosen, start: startOfWord(letters, chosen, step) };
  }

  /**
   * @param {number} first
   * @param {number} last
   */
  function sentences(first, last) {
    const most = begins.length - 1;
    const from = Math.min(Math.max(first, 0), most);
    const to = Math.min(Math.max(last, 0), most);
    return trimmed(letters, { start: begins[from], end: begins[to + 1] ?? letters.length });
  }

  /** What is selected with the mouse, or null. */
  function selected() {
    const selection = document.getSelection();
    if (!selection?.rangeCount || selection.isCollapsed) return null;
    const range = selection.getRangeAt(0);
    if (!range.intersectsNode(text)) return null;
    const start = text.contains(range.startContainer)
      ? position(range.startContainer, range.startOffset)
      : 0;
    const end = text.contains(range.endContainer)
      ? position(range.endContainer, range.endOffset)
      : letters.length;
    return trimmed(letters, { start, end });
  }

  /**
   * How many of the author's characters stand before a point of the page.
   * @param {Node} node
   * @param {number} offset
   */
  function position(node, offset) {
    const before = document.createRange();
    before.selectNodeContents(text);
    before.setEnd(node, offset);
    const copies = before.cloneContents().querySelectorAll("[data-from]");
    return [...copies].reduce((sum, copy) => sum + [...(copy.textContent ?? "")].length, 0);
  }

  /** @param {Place} place */
  function select(place) {
    const [from, fromOffset] = point(place.start, false);
    const [to, toOffset] = point(place.end, true);
    document.getSelection()?.setBaseAndExtent(from, fromOffset, to, toOffset);
    to.parentElement?.scrollIntoView({ block: "nearest" });
    tell(place);
  }

  /**
   * Where on the page a place of the wording begins or ends.
   * @param {number} at
   * @param {boolean} isEnd
   * @returns {[Node, number]}
   */
  function point(at, isEnd) {
    const before = pieces.filter((piece) => Number(piece.dataset.from) < at + (isEnd ? 0 : 1));
    const piece = before[before.length - 1] ?? pieces[0];
    const words = [...(piece.textContent ?? "")];
    const offset = words.slice(0, at - Number(piece.dataset.from)).join("").length;
    return [piece.firstChild ?? piece, offset];
  }

  /** @param {Place} place */
  function tell(place) {
    if (chosen?.start === place.start && chosen.end === place.end) return;
    chosen = place;
    for (const form of forms) fill(form, place);
    if (status instanceof HTMLElement) {
      status.textContent = `${status.dataset.chosenIs} »${words(place)}«`;
    }
  }

  /**
   * @param {HTMLFormElement} form
   * @param {Place | null} place null where the lists of sentences count
   */
  function fill(form, place) {
    field(form, "start").value = place ? String(place.start) : "";
    field(form, "end").value = place ? String(place.end) : "";
    show(form, place);
    if (!place) return;
    field(form, "first").value = String(sentenceAt(begins, place.start) + 1);
    field(form, "last").value = String(sentenceAt(begins, place.end - 1) + 1);
  }

  /**
   * @param {HTMLFormElement} form
   * @param {Place | null} place
   */
  function show(form, place) {
    const line = /** @type {HTMLElement | null} */ (form.querySelector("[data-chosen]"));
    const quoted = line?.querySelector("q");
    if (!line || !quoted) return;
    line.hidden = !place;
    quoted.textContent = place ? words(place) : "";
  }

  /** @param {Place} place */
  function words(place) {
    return letters.slice(place.start, place.end).join("");
  }
}

/**
 * The text can be reached by keyboard, and says how.
 * @param {HTMLElement} text
 */
function explain(text) {
  const keys = /** @type {HTMLElement | null} */ (document.querySelector("[data-keys]"));
  if (keys) keys.hidden = false;
  text.tabIndex = 0;
  text.setAttribute("role", "group");
  text.setAttribute("aria-labelledby", "text");
  text.setAttribute("aria-describedby", "keys");
}

/**
 * @param {HTMLFormElement} form
 * @param {string} name
 */
function field(form, name) {
  return /** @type {HTMLInputElement} */ (form.elements.namedItem(name));
}
