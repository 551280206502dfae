// @ts-check
/** The reader's own notes beside the field, each with whether it is saved. */
import { arrange } from "./lists.js";
import { copyOf, part, parts, setText, templateOf } from "./page.js";
import { fillSaid } from "./paint.js";

const MOST_QUOTED = 40;

export class Slips {
  #root;
  #link;
  #shown;
  #list;
  /** @type {Map<string, HTMLElement>} */
  #elements = new Map();
  /** The element of a note that was on its way stays its element. @type {Map<string, string>} */
  #wayOf = new Map();

  /**
   * @param {HTMLElement} root
   * @param {import("./link.js").Link} link
   * @param {import("./shown.js").Shown} shown
   */
  constructor(root, link, shown) {
    this.#root = root;
    this.#link = link;
    this.#shown = shown;
    this.#list = part(root, "[data-slips]");
    for (const slip of parts(this.#list, "[data-slip]")) {
      this.#elements.set(slip.dataset.slip ?? "", slip);
    }
    link.addEventListener("stored", (event) => {
      const { cid, note } = /** @type {CustomEvent} */ (event).detail;
      if (note) this.#wayOf.set(note, cid);
    });
  }

  /** @param {number} [most] */
  draw(most) {
    const slips = this.#shown.slips().slice(0, most);
    const elements = slips.map((slip) => this.#slip(slip));
    const kept = new Set(slips.map(({ id }) => id));
    if (this.#link.board.seq === null) {
      // The board is not known yet: what the page brought stays below what is on its way.
      this.#list.prepend(...elements);
      return;
    }
    for (const id of this.#elements.keys()) if (!kept.has(id)) this.#elements.delete(id);
    arrange(this.#list, elements);
    const none = this.#root.querySelector("[data-no-slips]");
    if (none instanceof HTMLElement) none.hidden = slips.length > 0;
  }

  /**
   * @param {import("./shown.js").Slip} slip
   * @returns {HTMLElement}
   */
  #slip({ id, text, note, isWaiting }) {
    const element = this.#elements.get(id) ?? this.#fromItsWay(id) ?? this.#made();
    this.#elements.set(id, element);
    element.dataset.slip = id;
    element.id = `m-${id}`;
    setText(part(element, "[data-text]"), text);
    if (note) fillSaid(element, note, templateOf(this.#root, "slip"));
    const isOpen = this.#link.state === "open";
    part(element, "[data-saved]").hidden = isWaiting;
    part(element, "[data-sending]").hidden = !isWaiting || !isOpen;
    part(element, "[data-unsent]").hidden = !isWaiting || isOpen;
    if (isWaiting) element.setAttribute("aria-busy", "true");
    else element.removeAttribute("aria-busy");
    const opener = /** @type {HTMLAnchorElement} */ (part(element, "[data-open]"));
    opener.hidden = !note;
    // The page of the note is the board's; the scribe's page lies below it.
    opener.search = `?seddel=${id}`;
    const quoted =
      [...text].length > MOST_QUOTED ? `${[...text].slice(0, MOST_QUOTED).join("")}…` : text;
    setText(part(opener, "[data-quoted]"), ` “${quoted}”`);
    return element;
  }

  /** @param {string} id */
  #fromItsWay(id) {
    const cid = this.#wayOf.get(id) ?? "";
    const element = this.#elements.get(cid);
    this.#elements.delete(cid);
    return element;
  }

  #made() {
    return part(copyOf(this.#root, "slip"), "[data-slip]");
  }
}
