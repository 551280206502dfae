// @ts-check
/** The board by keyboard: one stop for each column, arrows from note to note, Enter opens, M moves. */
import { parts } from "./page.js";

/**
 * @param {HTMLElement} canvas
 * @param {(id: string, toMove: boolean) => void} open
 * @param {(id: string, by: 1 | -1) => void} vote
 */
export function follow(canvas, open, vote) {
  canvas.addEventListener("focusin", (event) => {
    const note = /** @type {Element} */ (event.target).closest("[data-note]");
    if (note instanceof HTMLElement) makeCurrent(note);
  });
  canvas.addEventListener("keydown", (event) => {
    const note = /** @type {Element} */ (event.target).closest("[data-note]");
    if (!(note instanceof HTMLElement) || event.ctrlKey || event.altKey || event.metaKey) return;
    const next = neighbour(canvas, note, event.key);
    if (next) {
      event.preventDefault();
      next.focus();
      return;
    }
    // Enter on a link or button inside the note is that one's own.
    if (event.key === "Enter" && event.target !== note) return;
    if (event.key === "Enter" || event.key.toLowerCase() === "m") {
      event.preventDefault();
      open(note.dataset.note ?? "", event.key !== "Enter");
    } else if (event.key === "+" || event.key === "-") {
      event.preventDefault();
      vote(note.dataset.note ?? "", event.key === "+" ? 1 : -1);
    }
  });
}

/**
 * Every column has exactly one note that Tab comes to. Called after each drawing.
 * @param {HTMLElement} canvas
 */
export function keepStops(canvas) {
  for (const column of parts(canvas, "[data-column]")) {
    if (column.querySelector('[data-note][tabindex="0"]')) continue;
    const first = column.querySelector("[data-note]");
    if (first instanceof HTMLElement) makeCurrent(first);
  }
}

/** @param {HTMLElement} note */
function makeCurrent(note) {
  const column = note.closest("[data-column]");
  for (const other of column ? parts(column, '[data-note][tabindex="0"]') : []) {
    if (other !== note) setStops(other, -1);
  }
  setStops(note, 0);
}

/**
 * @param {HTMLElement} note
 * @param {0 | -1} stop
 */
export function setStops(note, stop) {
  note.tabIndex = stop;
  for (const control of parts(note, "a, button")) control.tabIndex = stop;
}

/**
 * @param {HTMLElement} canvas
 * @param {HTMLElement} note
 * @param {string} key
 * @returns {HTMLElement | undefined}
 */
function neighbour(canvas, note, key) {
  const columns = parts(canvas, "[data-column]");
  const at = columns.findIndex((column) => column.contains(note));
  const notes = parts(columns[at] ?? canvas, "[data-note]");
  const n = notes.indexOf(note);
  switch (key) {
    case "ArrowDown":
      return notes[n + 1] ?? note;
    case "ArrowUp":
      return notes[n - 1] ?? note;
    case "Home":
      return notes[0];
    case "End":
      return notes.at(-1);
    case "ArrowRight":
      return stopOf(columns.slice(at + 1)) ?? note;
    case "ArrowLeft":
      return stopOf(columns.slice(0, at).reverse()) ?? note;
  }
}

/**
 * The note one was at last in the first of these columns that has any.
 * @param {HTMLElement[]} columns
 */
function stopOf(columns) {
  for (const column of columns) {
    const note = column.querySelector('[data-note][tabindex="0"]');
    if (note instanceof HTMLElement) return note;
  }
}
