// @ts-check
/**
 * Dragging with a mouse or a pen, beside the menu that does the same. A finger scrolls. A note goes
 * into the group, beside the note, or into the column where it is dropped.
 */

/** So far the pointer moves before a press becomes a drag. */
const FAR = 6;

/**
 * @param {HTMLElement} canvas
 * @param {(id: string) => boolean} mayMove
 * @param {import("./deeds.js").Deeds} deeds
 */
export function follow(canvas, mayMove, deeds) {
  canvas.addEventListener("pointerdown", (event) => {
    const pressed = /** @type {Element} */ (event.target);
    const note = pressed.closest("[data-note]");
    if (event.pointerType === "touch" || event.button !== 0 || pressed.closest("a, button")) return;
    if (note instanceof HTMLElement && mayMove(note.dataset.note ?? "")) {
      new Drag(canvas, note, event, deeds);
    }
  });
}

class Drag {
  #canvas;
  #note;
  #deeds;
  #from;
  #box;
  /** @type {HTMLElement | null} */
  #ghost = null;
  /** @type {Element | null} */
  #target = null;
  #ends = new AbortController();

  /**
   * @param {HTMLElement} canvas
   * @param {HTMLElement} note
   * @param {PointerEvent} event
   * @param {import("./deeds.js").Deeds} deeds
   */
  constructor(canvas, note, event, deeds) {
    this.#canvas = canvas;
    this.#note = note;
    this.#deeds = deeds;
    this.#from = { x: event.clientX, y: event.clientY };
    this.#box = note.getBoundingClientRect();
    const { signal } = this.#ends;
    document.addEventListener("pointermove", (moved) => this.#move(moved), { signal });
    document.addEventListener("pointerup", () => this.#drop(), { signal });
    document.addEventListener("pointercancel", () => this.#end(), { signal });
    document.addEventListener("selectstart", (selects) => selects.preventDefault(), { signal });
    document.addEventListener(
      "keydown",
      (pressed) => {
        if (pressed.key === "Escape") this.#end();
      },
      { signal },
    );
  }

  /** @param {PointerEvent} event */
  #move(event) {
    const x = event.clientX - this.#from.x;
    const y = event.clientY - this.#from.y;
    if (!this.#ghost) {
      if (Math.hypot(x, y) < FAR) return;
      this.#ghost = this.#lift();
    }
    this.#ghost.style.transform = `translate(${this.#box.left + x}px, ${this.#box.top + y}px)`;
    this.#aim(targetAt(this.#canvas, event.clientX, event.clientY, this.#note));
  }

  /** A picture of the note under the pointer; the note itself stays until it is dropped. */
  #lift() {
    const ghost = /** @type {HTMLElement} */ (this.#note.cloneNode(true));
    for (const named of [ghost, ...ghost.querySelectorAll("[id]")]) named.removeAttribute("id");
    ghost.removeAttribute("data-note");
    ghost.classList.add("ghost");
    ghost.setAttribute("aria-hidden", "true");
    ghost.inert = true;
    ghost.style.inlineSize = `${this.#box.width}px`;
    this.#canvas.append(ghost);
    this.#note.setAttribute("data-lifted", "");
    return ghost;
  }

  /** @param {Element | null} target */
  #aim(target) {
    if (target === this.#target) return;
    this.#target?.removeAttribute("data-drop");
    target?.setAttribute("data-drop", "");
    this.#target = target;
  }

  #drop() {
    const target = this.#target;
    const id = this.#note.dataset.note ?? "";
    this.#end();
    if (!(target instanceof HTMLElement)) return;
    const column = target.closest("[data-column]");
    const columnId = column instanceof HTMLElement ? column.dataset.column : "";
    if (target.dataset.note) this.#deeds.putTogether([target.dataset.note, id]);
    else if (target.dataset.group)
      this.#deeds.moveTo(id, `group:${columnId}:${target.dataset.group}`);
    else this.#deeds.moveTo(id, `column:${columnId}:`);
  }

  #end() {
    this.#ends.abort();
    this.#aim(null);
    this.#ghost?.remove();
    this.#note.removeAttribute("data-lifted");
  }
}

/**
 * A group, a note that stands alone, or a column; none where it would stay as it is.
 * @param {HTMLElement} canvas
 * @param {number} x
 * @param {number} y
 * @param {HTMLElement} note
 * @returns {Element | null}
 */
function targetAt(canvas, x, y, note) {
  const under = document.elementFromPoint(x, y);
  if (!under || !canvas.contains(under)) return null;
  const group = under.closest("[data-group]");
  if (group) return group.contains(note) ? null : group;
  const other = under.closest("[data-note]");
  if (other) return other === note ? null : other;
  const column = under.closest("[data-column]");
  const standsAlone = !note.closest("[data-group]");
  return column && standsAlone && column.contains(note) ? null : column;
}
