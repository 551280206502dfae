// @ts-check
/**
 * What the page shows: the board as the server told it, with what this reader has asked for and not
 * yet heard back about, and, where the reader wants the board still, without what others just did.
 *
 * @typedef {import("./state.js").Note} Note
 * @typedef {import("./state.js").Group} Group
 * @typedef {{id: string, text: string, note?: Note, isWaiting: boolean}} Slip
 */
import { byPlace } from "./state.js";

/** Sorts behind every place the server gives. */
const LAST = "~";

export class Shown {
  isStill = false;
  /** The scribe's page lists only what was typed from paper. */
  onlyPaper = false;
  /** How many notes wait to be shown, and whether others have moved some. */
  waiting = 0;
  hasMoved = false;
  #link;
  /** Where each note stood when the reader last looked. @type {Map<string, Note>} */
  #seen = new Map();
  /** What the reader moves or writes is never held back. @type {Set<string>} */
  #own = new Set();

  /** @param {import("./link.js").Link} link */
  constructor(link) {
    this.#link = link;
  }

  /** Shows what has waited. */
  lookAgain() {
    this.#seen = new Map(this.#link.board.notes);
    this.#own.clear();
  }

  /** @param {string} id */
  touch(id) {
    this.#own.add(id);
  }

  /** @returns {Note[]} in their order */
  notes() {
    const { board } = this.#link;
    const asked = this.#asked();
    const notes = [];
    this.waiting = 0;
    this.hasMoved = false;
    for (const told of board.notes.values()) {
      const note = this.#held({ ...told, ...asked.get(told.id) }, told);
      if (note) notes.push(note);
    }
    return notes.sort(byPlace);
  }

  /**
   * @param {Note} note
   * @param {Note} told
   * @returns {Note | null}
   */
  #held(note, told) {
    if (!this.isStill || this.#own.has(note.id)) return note;
    const seen = this.#seen.get(note.id);
    if (!seen) {
      if (this.#link.board.mine.has(note.id)) return note;
      this.waiting += 1;
      return null;
    }
    if (seen.column === told.column && seen.group === told.group) return note;
    this.hasMoved = true;
    // A group that is gone holds nobody.
    const group = seen.group && this.#link.board.groups.has(seen.group) ? seen.group : null;
    return { ...note, column: seen.column, group, place: seen.place };
  }

  /** What was asked of each note, as if it were done. @returns {Map<string, Partial<Note>>} */
  #asked() {
    /** @type {Map<string, Partial<Note>>} */
    const asked = new Map();
    for (const { op } of this.#link.pending) {
      if (op.kind === "note.move") {
        const { column, group = null } = op;
        asked.set(op.note, { ...asked.get(op.note), column, group, place: LAST });
      }
    }
    return asked;
  }

  /** Notes that wait for an answer. @returns {Set<string>} */
  busy() {
    const ids = this.#link.pending.flatMap(({ op }) => op.notes ?? op.note ?? []);
    return new Set(ids);
  }

  /** The reader's own dots on a note, those on their way included. @param {string} id */
  dots(id) {
    const asked = this.#link.pending
      .filter(({ op }) => op.kind === "vote.set" && op.note === id)
      .at(-1);
    return asked ? asked.op.dots : (this.#link.board.votes.get(id) ?? 0);
  }

  votesLeft() {
    const { board } = this.#link;
    const ids = new Set(board.votes.keys());
    for (const { op } of this.#link.pending) if (op.kind === "vote.set") ids.add(op.note);
    let used = 0;
    for (const id of ids) used += this.dots(id);
    return Math.max(0, board.settings.dots - used);
  }

  /** The reader's own notes, the newest first, those on their way on top. @returns {Slip[]} */
  slips() {
    const { board, pending } = this.#link;
    const edits = new Map(
      pending.filter(({ op }) => op.kind === "note.edit").map(({ op }) => [op.note, op.text]),
    );
    const stored = [...board.mine]
      .flatMap((id) => board.notes.get(id) ?? [])
      .filter((note) => note.paper || !this.onlyPaper)
      .sort((a, b) => byPlace(b, a))
      .map((note) => ({
        id: note.id,
        text: edits.get(note.id) ?? note.text,
        note,
        isWaiting: edits.has(note.id),
      }));
    const onTheWay = pending
      .filter(({ op }) => op.kind === "note.add" && op.text.trim())
      .filter(({ op }) => op.paper || !this.onlyPaper)
      .map(({ cid, op }) => ({ id: cid, text: op.text, isWaiting: true }));
    return [...onTheWay.reverse(), ...stored];
  }

  /** @returns {Group[]} in their order */
  groups() {
    return [...this.#link.board.groups.values()].sort(byPlace);
  }
}
