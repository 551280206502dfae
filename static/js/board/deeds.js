// @ts-check
/** What a reader does with notes and groups, from the sheet, the keyboard or by dragging; and undo. */
import { part } from "./page.js";

export class Deeds {
  #link;
  #shown;
  #words;
  #voice;
  #undo;
  /** @type {{seq: number, cid: string} | null} */
  #last = null;

  /**
   * @param {import("./link.js").Link} link
   * @param {import("./shown.js").Shown} shown
   * @param {import("./page.js").Words} words
   * @param {import("./say.js").Voice} voice
   */
  constructor(link, shown, words, voice) {
    this.#link = link;
    this.#shown = shown;
    this.#words = words;
    this.#voice = voice;
    this.#undo = part(document, "[data-undo]");
    this.#undo.addEventListener("submit", (event) => {
      if (!this.#last) return;
      event.preventDefault();
      this.#putBack(this.#last);
    });
  }

  /**
   * @param {string} id
   * @param {string} to as the buttons of the page say it: group:<column>:<group>, column:<column>:, new
   */
  moveTo(id, to) {
    const [kind, column, group = ""] = to.split(":");
    if (kind === "new") this.putTogether([id]);
    else this.#move(id, { column, group: group || null });
  }

  /** @param {string[]} ids the first is the one whose column they come to */
  putTogether(ids) {
    for (const id of ids) this.#touch(id);
    this.#undoable("group.add", { notes: ids });
  }

  /**
   * @param {string} id
   * @param {{column: string, group: string | null}} where
   */
  #move(id, where) {
    this.#touch(id);
    this.#undoable("note.move", { note: id, ...where });
  }

  /** @param {string} id */
  takeBack(id) {
    this.#touch(id);
    this.#then(this.#link.send("note.take_back", { note: id }), "takenBack");
  }

  /** @param {string} id */
  takeApart(id) {
    for (const note of this.#link.board.notes.values()) if (note.group === id) this.#touch(note.id);
    this.#then(this.#link.send("group.remove", { group: id }), "movedOwn");
  }

  /**
   * @param {string} kind
   * @param {Record<string, unknown>} fields
   */
  #undoable(kind, fields) {
    this.#undo.hidden = true;
    this.#link.send(kind, fields).then(
      ({ seq, cid }) => {
        this.#last = { seq, cid };
        this.#undo.hidden = false;
        this.#voice.now(this.#words.say("movedOwn"));
      },
      (refused) => this.#voice.now(refused.message),
    );
  }

  /** @param {{seq: number, cid: string}} done */
  #putBack(done) {
    this.#last = null;
    this.#undo.hidden = true;
    this.#then(this.#link.send("undo", done), "undone");
  }

  /**
   * @param {Promise<unknown>} answer
   * @param {string} said
   */
  #then(answer, said) {
    answer.then(
      () => this.#voice.now(this.#words.say(said)),
      (refused) => this.#voice.now(refused.message),
    );
  }

  /** @param {string} id */
  #touch(id) {
    this.#shown.touch(id);
    this.#voice.touch(id);
  }
}
