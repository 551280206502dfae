// @ts-check
/** What this page knows of the board, changed only by what the server tells (docs/board-protocol.md). */

/**
 * @typedef {{id: string, column: string, group: string | null, place: string, text: string, v: number,
 *   paper?: boolean, twin?: boolean, by?: string, hidden?: string, found?: string[], dots?: number}} Note
 * @typedef {{id: string, column: string, title: string, place: string, v: number}} Group
 * @typedef {{id: string, title: string}} Column
 * @typedef {{role: "participant" | "facilitator" | "wall", name: string}} Me
 * @typedef {{phase: string, hidden: boolean, paused: boolean, dots: number, left: number | null,
 *   question?: string, locked?: boolean, voted?: number, cast?: number,
 *   room?: Record<string, number>}} Settings
 * @typedef {{seq: number, kind: string, [field: string]: any}} Entry
 * @typedef {{t: string, [field: string]: any}} Frame
 */

export class Board {
  /** @type {number | null} */
  seq = null;
  /** @type {Settings} */
  settings = { phase: "", hidden: false, paused: false, dots: 0, left: null };
  /** When `settings.left` was told, in milliseconds of performance.now(). */
  heard = 0;
  /** @type {Column[]} */
  columns = [];
  /** @type {Map<string, Group>} */
  groups = new Map();
  /** @type {Map<string, Note>} */
  notes = new Map();
  /** @type {Record<string, number>} */
  counts = {};
  /** @type {Set<string>} */
  mine = new Set();
  /** @type {Map<string, number>} */
  votes = new Map();
  /** @type {Me} */
  me = { role: "participant", name: "" };

  /** @param {Frame} told */
  welcome(told) {
    this.me = told.me;
    this.mine = new Set(told.mine ?? []);
    this.votes = new Map(Object.entries(told.votes ?? {}));
    if (told.board) {
      const { columns, groups, notes, counts, ...settings } = told.board;
      this.columns = columns;
      this.groups = byId(groups);
      this.notes = byId([...notes, ...(told.own ?? [])]);
      this.counts = counts;
      this.#settle(settings);
    }
    this.seq = told.seq;
  }

  /**
   * The entries that were new; null when something is missing before them.
   * @param {Frame} told
   * @returns {Entry[] | null}
   */
  ops(told) {
    if (this.seq === null || told.from > this.seq + 1) return null;
    if (told.to <= this.seq) return [];
    for (const entry of told.ops) this.#apply(entry);
    if (!told.more) this.seq = told.to;
    return told.ops;
  }

  /**
   * Written by the reader, perhaps on another page; the notes themselves come after this.
   * @param {string[]} notes
   */
  own(notes) {
    for (const id of notes) this.mine.add(id);
  }

  /** @param {Entry} entry */
  #apply(entry) {
    switch (entry.kind) {
      case "note":
        this.notes.set(entry.note.id, entry.note);
        break;
      case "gone":
        this.notes.delete(entry.id);
        this.votes.delete(entry.id);
        break;
      case "count":
        this.counts[entry.column] = entry.n;
        break;
      case "group":
        this.groups.set(entry.group.id, entry.group);
        this.#put(entry.notes);
        break;
      case "group.gone":
        this.groups.delete(entry.id);
        for (const note of this.notes.values()) {
          if (note.group === entry.id) note.group = null;
        }
        this.#put(entry.notes);
        break;
      case "board":
        this.#settle({ ...this.settings, ...entry.board });
        if (entry.notes) {
          this.notes = byId(entry.notes);
          this.counts = entry.counts;
        }
        break;
      case "notes":
        this.#put(entry.notes);
        break;
      case "vote":
        if (entry.dots) this.votes.set(entry.note, entry.dots);
        else this.votes.delete(entry.note);
        break;
      case "cast":
        if ("people" in entry) {
          const { people: voted, dots: cast, room } = entry;
          this.settings = { ...this.settings, voted, cast, room };
        }
        break;
    }
  }

  /** @param {Settings} settings */
  #settle(settings) {
    this.settings = settings;
    this.heard = performance.now();
  }

  /** @param {Note[]} notes */
  #put(notes) {
    for (const note of notes) this.notes.set(note.id, note);
  }

  /** Milliseconds to the deadline by this page's own clock; null when there is none. */
  get left() {
    const { left } = this.settings;
    return left === null ? null : Math.max(0, left - (performance.now() - this.heard));
  }
}

/**
 * @template {{id: string}} T
 * @param {T[]} things
 * @returns {Map<string, T>}
 */
function byId(things) {
  return new Map(things.map((thing) => [thing.id, thing]));
}

/**
 * In the order of their places, then of their ids: as the server sorts them.
 * @param {{id: string, place: string}} a
 * @param {{id: string, place: string}} b
 */
export function byPlace(a, b) {
  if (a.place !== b.place) return a.place < b.place ? -1 : 1;
  return a.id < b.id ? -1 : 1;
}
