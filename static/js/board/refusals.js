// @ts-check
/** What was refused: the sentence at the field and the words in it; never only one of the two. */
import { part, setText } from "./page.js";

/**
 * Puts the sentence at a form's field. `sure` offers to send it as it is.
 * @param {HTMLFormElement} form
 * @param {import("./unsent.js").Refusal} refused
 */
export function showRefusal(form, refused) {
  const field = part(form, "[data-field]");
  field.classList.add("field-bad");
  setText(part(form, "[data-why]"), refused.message);
  part(form, "[data-refusal]").hidden = false;
  control(form).setAttribute("aria-invalid", "true");
  part(form, "[data-sure]").hidden = refused.code !== "sure";
}

/** @param {HTMLFormElement} form */
export function clearRefusal(form) {
  part(form, "[data-field]").classList.remove("field-bad");
  part(form, "[data-refusal]").hidden = true;
  control(form).removeAttribute("aria-invalid");
  part(form, "[data-sure]").hidden = true;
}

/**
 * @param {HTMLFormElement} form
 * @returns {HTMLTextAreaElement | HTMLInputElement}
 */
export function control(form) {
  return /** @type {HTMLTextAreaElement | HTMLInputElement} */ (
    part(form, "[data-field] :is(textarea, input)")
  );
}

/**
 * Words that have no field to go back to: they stand on the page, to be copied.
 * @param {string} text
 * @param {string} why
 */
export function keepOnPage(text, why) {
  const kept = part(document, "[data-kept]");
  kept.hidden = false;
  const item = document.createElement("li");
  item.className = "note slip";
  const words = document.createElement("p");
  words.className = "note-text";
  words.dir = "auto";
  words.textContent = text;
  const said = document.createElement("p");
  said.className = "note-said";
  said.textContent = why;
  item.append(words, said);
  part(kept, "[data-kept-notes]").append(item);
}

/** Whether the button that sent the form was "Send it as it is". @param {SubmitEvent} event */
export function isSure(event) {
  return event.submitter?.hasAttribute("data-sure") ?? false;
}
