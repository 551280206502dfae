// @ts-check
/**
 * One note, or one group, opened: to change, to move, to take back. In a drawer on a laptop, a sheet
 * from below on a phone. Without script the same stands on a page of its own.
 */
import { copyOf, part, parts, setText, templateOf } from "./page.js";
import { clearRefusal, control, isSure, keepOnPage, showRefusal } from "./refusals.js";
import { Refusal } from "./unsent.js";

/** The refusal of what another phase allows. */
const PHASE = "phase";

export class Sheet {
  #root;
  #dialog;
  #link;
  #canvas;
  #deeds;
  #words;
  #voice;
  /**
   * Why the words in the sheet cannot be stored, as far as it is known.
   * @type {{form: HTMLFormElement, refused: Refusal} | null}
   */
  #refused = null;
  /** The words as they stood when the sheet was opened. */
  #stood = "";
  /** What must be allowed for the open sheet's field: see situation.js. */
  #needs = "write";

  /**
   * @param {HTMLElement} root
   * @param {import("./link.js").Link} link
   * @param {import("./paint.js").Canvas} canvas
   * @param {import("./deeds.js").Deeds} deeds
   * @param {import("./page.js").Words} words
   * @param {import("./say.js").Voice} voice
   */
  constructor(root, link, canvas, deeds, words, voice) {
    this.#root = root;
    this.#link = link;
    this.#canvas = canvas;
    this.#deeds = deeds;
    this.#words = words;
    this.#voice = voice;
    this.#dialog = /** @type {HTMLDialogElement} */ (part(root, "[data-sheet]"));
    this.#dialog.addEventListener("click", (event) => {
      const pressed = /** @type {Element} */ (event.target);
      // A press beside the sheet closes it, as the button does.
      if (pressed === this.#dialog || pressed.closest("[data-close]")) this.#dialog.close();
    });
    this.#dialog.addEventListener("close", () => this.#keepRefused());
    root.addEventListener("click", (event) => {
      const opener = /** @type {Element} */ (event.target).closest("a[data-open]");
      if (opener instanceof HTMLAnchorElement && this.#opens(opener)) event.preventDefault();
    });
  }

  /** @param {HTMLAnchorElement} opener */
  #opens(opener) {
    const asked = new URL(opener.href).searchParams;
    const group = asked.get("gruppe");
    return group ? this.openGroup(group) : this.openNote(asked.get("seddel") ?? "");
  }

  /**
   * False when it is not on the board as this page knows it.
   * @param {string} id
   * @param {boolean} [toMove] begins at "Move it to …"
   */
  openNote(id, toMove = false) {
    const note = this.#link.board.notes.get(id);
    if (!note) return false;
    const { situation } = this.#canvas;
    const isOwn = this.#link.board.mine.has(id);
    const mayChange = isOwn && situation.has("write");
    this.#dialog.replaceChildren(copyOf(this.#root, "note-sheet"));
    this.#needs = "write";
    const quote = part(this.#dialog, "[data-quote]");
    quote.hidden = mayChange;
    setText(part(quote, "[data-text]"), note.text);
    const edit = this.#form("[data-edit]");
    edit.hidden = !mayChange;
    control(edit).value = this.#stood = note.text;
    this.#onSubmit(edit, (sure) => this.#change(edit, note, sure));
    const places = this.#places(note, isOwn);
    part(this.#dialog, "[data-back]").hidden = !isOwn;
    this.#onSubmit(this.#form("[data-back] form"), () => {
      this.#dialog.close();
      this.#deeds.takeBack(id);
    });
    this.#show(toMove && places ? "#move-title" : "#sheet-title");
    return true;
  }

  /** @param {string} id */
  openGroup(id) {
    const group = this.#link.board.groups.get(id);
    if (!group || !this.#canvas.situation.has("arrange")) return false;
    this.#dialog.replaceChildren(copyOf(this.#root, "group-sheet"));
    this.#needs = "arrange";
    const edit = this.#form("[data-edit]");
    control(edit).value = this.#stood = group.title;
    let base = group.v;
    this.#onSubmit(edit, async (sure) => {
      const title = control(edit).value;
      await this.#wait(edit, "group.name", { group: id, base, title, ...sure });
      // Whoever has read that another name came first may give theirs all the same.
      base = this.#link.board.groups.get(id)?.v ?? base;
    });
    this.#onSubmit(this.#form("[data-back] form"), () => {
      this.#dialog.close();
      this.#deeds.takeApart(id);
    });
    this.#show("#sheet-title");
    return true;
  }

  /** @param {string} selector */
  #show(selector) {
    this.#dialog.showModal();
    part(this.#dialog, selector).focus();
  }

  /** @param {string} selector */
  #form(selector) {
    return /** @type {HTMLFormElement} */ (part(this.#dialog, selector));
  }

  /**
   * @param {HTMLFormElement} form
   * @param {(sure: {sure?: true}) => void} then
   */
  #onSubmit(form, then) {
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      then(isSure(event) ? { sure: true } : {});
    });
  }

  /**
   * @param {HTMLFormElement} form
   * @param {import("./state.js").Note} note
   * @param {{sure?: true}} sure
   */
  async #change(form, note, sure) {
    const text = control(form).value;
    if (text === note.text) {
      this.#dialog.close();
      return;
    }
    const done = await this.#wait(form, "note.edit", {
      note: note.id,
      base: note.v,
      text,
      ...sure,
    });
    if (done) this.#voice.now(this.#words.say(done.note === note.id ? "saved" : "twin"));
  }

  /**
   * Sends what a form says, and closes the sheet when it is stored. A refusal stays at the field, or
   * on the page when the sheet was closed meanwhile.
   * @param {HTMLFormElement} form
   * @param {string} kind
   * @param {Record<string, unknown>} fields
   */
  async #wait(form, kind, fields) {
    clearRefusal(form);
    this.#refused = null;
    form.setAttribute("aria-busy", "true");
    try {
      const sending = this.#link.send(kind, fields);
      // Without a line it waits on the page, where one sees that it does.
      if (this.#link.state !== "open") this.#dialog.close();
      const done = await sending;
      if (form.isConnected) this.#dialog.close();
      return done;
    } catch (error) {
      const refused = /** @type {import("./unsent.js").Refusal} */ (error);
      if (form.isConnected && this.#dialog.open) {
        this.#refuse(form, refused);
        control(form).focus();
      } else keepOnPage(String(fields.text ?? fields.title), refused.message);
      return null;
    } finally {
      form.removeAttribute("aria-busy");
    }
  }

  /** A new phase may no longer allow what stands open here: it is said, and every word stays. */
  phaseChanged() {
    if (!this.#dialog.open) return;
    const form = this.#form("[data-edit]");
    if (form.hidden) return;
    if (!this.#canvas.situation.has(this.#needs)) {
      this.#refuse(form, new Refusal(PHASE, this.#words.say("phase")));
    } else if (this.#refused?.refused.code === PHASE) {
      clearRefusal(form);
      this.#refused = null;
    }
  }

  /**
   * @param {HTMLFormElement} form
   * @param {Refusal} refused
   */
  #refuse(form, refused) {
    this.#refused = { form, refused };
    showRefusal(form, refused);
  }

  /** Words that could not be stored are not gone with the sheet. */
  #keepRefused() {
    if (!this.#refused) return;
    const { form, refused } = this.#refused;
    const words = control(form).value.trim();
    if (words && words !== this.#stood) keepOnPage(words, refused.message);
    this.#refused = null;
  }

  /**
   * Where the note can go; false when there is nowhere.
   * @param {import("./state.js").Note} note
   * @param {boolean} isOwn
   */
  #places(note, isOwn) {
    const form = this.#form("[data-move]");
    const { situation } = this.#canvas;
    const { board } = this.#link;
    const mayGroup = situation.has("arrange");
    const may = mayGroup || (isOwn && situation.has("write") && board.columns.length > 1);
    form.hidden = !may;
    if (!may) return false;
    part(form, "[data-new]").hidden = !mayGroup;
    const list = part(form, "[data-places]");
    for (const column of board.columns) {
      if (mayGroup) list.append(this.#columnHead(column.title));
      const groups = mayGroup
        ? [...board.groups.values()].filter((group) => group.column === column.id)
        : [];
      for (const group of groups) {
        const { untitled = "" } = templateOf(this.#root, "group").dataset;
        const isHere = note.group === group.id;
        list.append(this.#place(`group:${column.id}:${group.id}`, group.title || untitled, isHere));
      }
      const isHere = note.column === column.id && !note.group;
      const { alone = "" } = templateOf(this.#root, "place").dataset;
      list.append(this.#place(`column:${column.id}:`, mayGroup ? alone : column.title, isHere));
    }
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const button = /** @type {HTMLButtonElement} */ (event.submitter);
      this.#dialog.close();
      this.#deeds.moveTo(note.id, button.value);
    });
    return true;
  }

  /** @param {string} title */
  #columnHead(title) {
    const head = part(copyOf(this.#root, "place-column"), "[data-title]");
    head.textContent = title;
    return head;
  }

  /**
   * @param {string} value
   * @param {string} title
   * @param {boolean} isHere
   */
  #place(value, title, isHere) {
    const button = /** @type {HTMLButtonElement} */ (
      part(copyOf(this.#root, "place"), "[data-to]")
    );
    button.value = value;
    button.disabled = isHere;
    setText(part(button, "[data-title]"), title);
    for (const here of parts(button, "[data-here]")) here.hidden = !isHere;
    return button;
  }
}
