// @ts-check
/**
 * Brings the page to what is to be shown. Elements are made from the page's own templates and kept by
 * id, and only what has changed is touched.
 *
 * @typedef {import("./state.js").Note} Note
 * @typedef {import("./state.js").Group} Group
 */
import { setStops } from "./keys.js";
import { arrange, keepingStill } from "./lists.js";
import { copyOf, part, parts, setText, templateOf } from "./page.js";
import { showFor } from "./situation.js";

const FILLED = "●";
const EMPTY = "○";
/** Of slips with their backs up; the number beside them says how many there are. */
const MOST_FACE_DOWN = 60;

export class Canvas {
  /** How things stand (situation.js). @type {Set<string>} */
  situation = new Set();
  #root;
  #canvas;
  #link;
  #shown;
  #words;
  /** @type {Map<string, HTMLElement>} */
  #notes = new Map();
  /** @type {Map<string, HTMLElement>} */
  #groups = new Map();
  /** What each element shows now. @type {WeakMap<HTMLElement, string>} */
  #filled = new WeakMap();

  /**
   * @param {HTMLElement} root
   * @param {import("./link.js").Link} link
   * @param {import("./shown.js").Shown} shown
   * @param {import("./page.js").Words} words
   */
  constructor(root, link, shown, words) {
    this.#root = root;
    this.#canvas = part(root, "[data-canvas]");
    this.#link = link;
    this.#shown = shown;
    this.#words = words;
    for (const note of parts(this.#canvas, "[data-note]")) {
      this.#notes.set(note.dataset.note ?? "", note);
      setStops(note, -1);
    }
    for (const group of parts(this.#canvas, "[data-group]")) {
      this.#groups.set(group.dataset.group ?? "", group);
    }
  }

  draw() {
    keepingStill(this.#canvas, () => this.#draw());
  }

  #draw() {
    // While people write hidden a column is a number, and one's own notes stand beside the field.
    const notes = this.situation.has("hidden") ? [] : this.#shown.notes();
    const busy = this.#shown.busy();
    /** @type {Map<string, HTMLElement[]>} by group, or by column for those that stand alone */
    const lists = new Map();
    for (const note of notes) {
      const where = note.group ?? note.column;
      const element = this.#note(note, busy.has(note.id));
      lists.set(where, [...(lists.get(where) ?? []), element]);
    }
    const groups = this.#shown.groups();
    for (const column of this.#link.board.columns) {
      const section = this.#canvas.querySelector(`[data-column="${column.id}"]`);
      if (!(section instanceof HTMLElement)) continue;
      this.#column(
        section,
        groups.filter((group) => group.column === column.id),
        lists,
      );
      this.#count(section, notes.filter((note) => note.column === column.id).length);
    }
    forget(this.#notes, new Set(notes.map((note) => note.id)));
    forget(this.#groups, new Set(groups.map((group) => group.id)));
    this.#votesLeft();
    this.#whatWaits();
  }

  /**
   * @param {HTMLElement} section
   * @param {Group[]} groups
   * @param {Map<string, HTMLElement[]>} lists
   */
  #column(section, groups, lists) {
    const elements = groups.map((group) => {
      const element = this.#group(group);
      const notes = lists.get(group.id) ?? [];
      arrange(part(element, "[data-notes]"), notes);
      setText(part(element, "[data-size]"), this.#words.count("notes", notes.length));
      this.#groupTotal(element, group);
      return element;
    });
    arrange(part(section, "[data-groups]"), elements);
    const loose = part(section, ".loose");
    arrange(part(loose, "[data-notes]"), lists.get(section.dataset.column ?? "") ?? []);
    part(loose, "[data-alone]").hidden = !groups.length;
  }

  /**
   * @param {HTMLElement} section
   * @param {number} seen
   */
  #count(section, seen) {
    const hidden = this.situation.has("hidden");
    const n = hidden ? (this.#link.board.counts[section.dataset.column ?? ""] ?? 0) : seen;
    setText(part(section, "[data-count]"), this.#words.count("notes", n));
    const backs = part(section, "[data-backs]");
    for (let more = Math.min(n, MOST_FACE_DOWN) - backs.childElementCount; more > 0; more -= 1) {
      backs.append(document.createElement("i"));
    }
    while (backs.childElementCount > n) backs.lastElementChild?.remove();
    part(section, "[data-empty]").hidden = hidden || n > 0;
  }

  /**
   * @param {Group} group
   * @returns {HTMLElement}
   */
  #group(group) {
    let element = this.#groups.get(group.id);
    if (!element) {
      element = part(copyOf(this.#root, "group"), "[data-group]");
      element.dataset.group = group.id;
      element.id = `g-${group.id}`;
      part(element, "h3").id = `h-${group.id}`;
      const link = part(element, "[data-open]");
      link.setAttribute("href", `?gruppe=${group.id}`);
      link.setAttribute("aria-describedby", `h-${group.id}`);
      showFor(this.situation, false, element);
      this.#groups.set(group.id, element);
    }
    element.dataset.place = group.place;
    element.dataset.v = String(group.v);
    const { untitled = "", change = "", name = "" } = templateOf(this.#root, "group").dataset;
    setText(part(element, "[data-title]"), group.title || untitled);
    setText(part(element, "[data-open]"), group.title ? change : name);
    return element;
  }

  /**
   * @param {HTMLElement} element
   * @param {Group} group
   */
  #groupTotal(element, group) {
    let dots = 0;
    for (const note of this.#link.board.notes.values()) {
      if (note.group === group.id) dots += note.dots ?? 0;
    }
    const total = part(element, "[data-group-total]");
    total.hidden = !dots;
    setText(total, this.#words.count("votes", dots));
  }

  /**
   * @param {Note} note
   * @param {boolean} isBusy
   * @returns {HTMLElement}
   */
  #note(note, isBusy) {
    let element = this.#notes.get(note.id);
    if (!element) {
      element = part(copyOf(this.#root, "note"), "[data-note]");
      this.#notes.set(note.id, element);
      element.dataset.note = note.id;
      element.id = `n-${note.id}`;
      part(element, "[data-text]").id = `t-${note.id}`;
      for (const control of parts(element, "[aria-describedby]")) {
        control.setAttribute("aria-describedby", `t-${note.id}`);
      }
      setStops(element, -1);
      part(element, "[data-open]").setAttribute("href", `?seddel=${note.id}`);
      showFor(this.situation, false, element);
    }
    const isOwn = this.#link.board.mine.has(note.id);
    const dots = this.#shown.dots(note.id);
    const is = JSON.stringify([note, isOwn, dots, isBusy, this.situation.has("write")]);
    if (this.#filled.get(element) !== is) {
      this.#filled.set(element, is);
      this.#fill(element, note, isOwn);
      this.#ballot(element, note.id, dots);
      element.setAttribute("aria-busy", String(isBusy));
    }
    return element;
  }

  /**
   * @param {HTMLElement} element
   * @param {Note} note
   * @param {boolean} isOwn
   */
  #fill(element, note, isOwn) {
    element.dataset.place = note.place;
    element.dataset.v = String(note.v);
    element.classList.toggle("note-own", isOwn);
    setText(part(element, "[data-text]"), note.text);
    fillSaid(element, note, templateOf(this.#root, "note"));
    const by = part(element, "[data-by]");
    by.hidden = !note.by;
    setText(by, note.by ?? "");
    part(element, "[data-src]").hidden = !note.paper;
    part(element, "[data-own]").hidden = !isOwn;
    const total = part(element, "[data-total]");
    total.hidden = !note.dots;
    setText(total, this.#words.count("votes", note.dots ?? 0));
    this.#opener(part(element, "[data-open]"), isOwn);
  }

  /**
   * One's own can be taken back in every phase; another's only be moved, while people group.
   * @param {HTMLElement} link
   * @param {boolean} isOwn
   */
  #opener(link, isOwn) {
    const { change = "", move = "", back = "" } = templateOf(this.#root, "note").dataset;
    setText(link, isOwn ? (this.situation.has("write") ? change : back) : move);
    link.toggleAttribute("data-phases", !isOwn);
    if (!isOwn) link.dataset.phases = "arrange";
    link.hidden = !isOwn && !this.situation.has("arrange");
  }

  /**
   * @param {HTMLElement} element
   * @param {string} id
   * @param {number} dots
   */
  #ballot(element, id, dots) {
    const more = /** @type {HTMLButtonElement} */ (part(element, "[data-more]"));
    const less = /** @type {HTMLButtonElement} */ (part(element, "[data-less]"));
    more.value = `${id}:${dots + 1}`;
    less.value = `${id}:${dots - 1}`;
    if (!dots && document.activeElement === less) more.focus({ preventScroll: true });
    less.hidden = !dots;
    setText(part(more, "[data-dots]"), dots ? FILLED.repeat(dots) : EMPTY);
    const given = dots ? this.#words.count("given", dots) : this.#words.say("give");
    setText(part(more, "[data-given]"), given);
  }

  #votesLeft() {
    const left = this.#shown.votesLeft();
    const { dots } = this.#link.board.settings;
    setText(
      part(this.#root, "[data-ballot-dots]"),
      FILLED.repeat(left) + EMPTY.repeat(Math.max(0, dots - left)),
    );
    const said = this.#words.say("left").replace("#", String(left)).replace("§", String(dots));
    setText(part(this.#root, "[data-votes-left]"), said);
    for (const more of parts(this.#canvas, "[data-more]")) {
      more.setAttribute("aria-disabled", String(!left));
    }
  }

  #whatWaits() {
    const { waiting, hasMoved } = this.#shown;
    part(this.#root, "[data-waiting]").hidden = !waiting && !hasMoved;
    const said = waiting ? this.#words.count("new", waiting) : this.#words.say("waitingChanged");
    setText(part(this.#root, "[data-show]"), said);
  }
}

/**
 * That it is another wording, or hidden and why.
 * @param {HTMLElement} element
 * @param {Note} note
 * @param {HTMLElement} template
 */
export function fillSaid(element, note, template) {
  part(element, "[data-said]").hidden = !note.twin && !note.hidden;
  part(element, "[data-twin]").hidden = !note.twin;
  const hidden = part(element, "[data-hidden]");
  hidden.hidden = !note.hidden;
  setText(hidden, note.hidden ? (template.dataset[note.hidden] ?? "") : "");
}

/**
 * @param {Map<string, HTMLElement>} elements
 * @param {Set<string>} kept
 */
function forget(elements, kept) {
  for (const [id, element] of elements) {
    if (kept.has(id)) continue;
    element.remove();
    elements.delete(id);
  }
}
