// @ts-check
/**
 * One polite voice. What the others do is gathered and said at most every five seconds (the reader
 * chooses: 5, 30 or never); what the reader did, and what concerns everybody, is said at once.
 *
 * @typedef {import("./state.js").Note} Note
 * @typedef {import("./state.js").Entry} Entry
 */
import { part, parts } from "./page.js";

const KEPT_AS = "board-say";
/** Whose change it was is not told; what one touched a moment ago was oneself. */
const OWN_FOR = 5000;

export class Voice {
  #region;
  #words;
  #link;
  /** @type {Map<string, Note>} */
  #known = new Map();
  #heard = nothing();
  /** @type {Map<string, number>} */
  #touched = new Map();
  #seconds = 5;
  #saidAt = Number.NEGATIVE_INFINITY;
  /** @type {number | undefined} */
  #soon;

  /**
   * @param {import("./page.js").Words} words
   * @param {import("./link.js").Link} link
   */
  constructor(words, link) {
    this.#region = part(document, "[data-live]");
    this.#words = words;
    this.#link = link;
    this.#follow(parts(document, '[name="say"]'));
    link.addEventListener("change", (event) => {
      this.#hear(/** @type {CustomEvent} */ (event).detail);
    });
  }

  /** @param {string} sentence */
  now(sentence) {
    // The same sentence twice is said twice.
    this.#region.textContent =
      this.#region.textContent === sentence ? `${sentence}\u00a0` : sentence;
  }

  /** @param {string} id of a note that the reader moves or changes */
  touch(id) {
    this.#touched.set(id, performance.now());
  }

  /** @param {HTMLElement[]} choices */
  #follow(choices) {
    const kept = keptChoice();
    for (const choice of choices) {
      if (!(choice instanceof HTMLInputElement)) continue;
      if (choice.value === kept) choice.checked = true;
      if (choice.checked) this.#seconds = Number(choice.value);
      choice.addEventListener("change", () => {
        this.#seconds = Number(choice.value);
        keep(KEPT_AS, choice.value);
      });
    }
  }

  /** @param {Entry[] | "all"} entries */
  #hear(entries) {
    if (entries !== "all") for (const entry of entries) this.#count(entry);
    this.#known = new Map(this.#link.board.notes);
    if (this.#sentence()) this.#sayLater();
  }

  /** @param {Entry} entry */
  #count(entry) {
    if (entry.kind === "gone" && this.#known.has(entry.id) && !this.#isOwn(entry.id)) {
      this.#heard.gone.add(entry.id);
    }
    if (entry.kind === "board") return;
    for (const note of entry.notes ?? (entry.note ? [entry.note] : [])) {
      if (typeof note === "string" || this.#isOwn(note.id)) continue;
      const before = this.#known.get(note.id);
      if (!before) this.#heard.new.add(note.id);
      else if (before.column !== note.column || before.group !== note.group) {
        this.#heard.moved.add(note.id);
      }
    }
  }

  /** @param {string} id */
  #isOwn(id) {
    const at = this.#touched.get(id) ?? Number.NEGATIVE_INFINITY;
    return performance.now() - at < OWN_FOR;
  }

  #sentence() {
    // The answer that says a new note is the reader's own comes just behind the note itself.
    const { mine } = this.#link.board;
    const heard = {
      new: [...this.#heard.new].filter((id) => !mine.has(id)).length,
      moved: this.#heard.moved.size,
      gone: this.#heard.gone.size,
    };
    const said = Object.entries(heard).filter(([, n]) => n > 0);
    return said.map(([name, n]) => this.#words.count(name, n)).join(". ");
  }

  #sayLater() {
    if (this.#soon !== undefined || this.#seconds === 0) return;
    // At least a moment, in which the answer to one's own note can come.
    const wait = this.#saidAt + this.#seconds * 1000 - performance.now();
    this.#soon = window.setTimeout(() => this.#sayWhatWasHeard(), Math.max(1000, wait));
  }

  #sayWhatWasHeard() {
    this.#soon = undefined;
    const sentence = this.#sentence();
    this.#heard = nothing();
    if (!sentence || this.#seconds === 0) return;
    this.#saidAt = performance.now();
    this.now(sentence);
  }
}

function nothing() {
  return {
    /** @type {Set<string>} */ new: new Set(),
    /** @type {Set<string>} */ moved: new Set(),
    /** @type {Set<string>} */ gone: new Set(),
  };
}

function keptChoice() {
  try {
    return localStorage.getItem(KEPT_AS);
  } catch {
    return null;
  }
}

/**
 * @param {string} name
 * @param {string} value
 */
export function keep(name, value) {
  try {
    localStorage.setItem(name, value);
  } catch {
    // A browser that keeps nothing: the choice holds for this page.
  }
}
