// @ts-check
/** The one field: a note goes on its way, and the field is free for the next thought at once. */
import { part } from "./page.js";
import { clearRefusal, control, isSure, keepOnPage, showRefusal } from "./refusals.js";

/**
 * @param {import("./link.js").Link} link
 * @param {import("./page.js").Words} words
 * @param {import("./say.js").Voice} voice
 * @param {boolean} [isPaper]
 */
export function follow(link, words, voice, isPaper = false) {
  const form = /** @type {HTMLFormElement} */ (part(document, "[data-write]"));
  const field = control(form);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const text = field.value;
    const fields = new FormData(form);
    /** @type {Record<string, unknown>} */
    const note = { column: fields.get("column"), text };
    if (isPaper) note.paper = true;
    if (isSure(event)) note.sure = true;
    clearRefusal(form);
    field.value = "";
    field.dispatchEvent(new Event("input"));
    field.focus();
    link.send("note.add", note).then(
      () => voice.now(words.say("saved")),
      () => {},
    );
  });
  link.addEventListener("refused", (event) => {
    const { op, code, message } = /** @type {CustomEvent} */ (event).detail;
    if (op.kind === "note.add") giveBack(form, op.text, { code, message });
  });
  field.addEventListener("input", () => {
    if (!field.value) clearRefusal(form);
  });
  field.addEventListener("keydown", (event) => {
    const { key, ctrlKey, metaKey, isComposing } = /** @type {KeyboardEvent} */ (event);
    if (key === "Enter" && (ctrlKey || metaKey) && !isComposing) {
      event.preventDefault();
      form.requestSubmit();
    }
  });
}

/**
 * Into the field, unless the next thought stands there already.
 * @param {HTMLFormElement} form
 * @param {string} text
 * @param {{code: string, message: string}} refused
 */
function giveBack(form, text, refused) {
  const field = control(form);
  if (field.value.trim() && field.value !== text) {
    keepOnPage(text, refused.message);
    return;
  }
  field.value = text;
  field.dispatchEvent(new Event("input"));
  showRefusal(form, /** @type {import("./unsent.js").Refusal} */ (refused));
}
