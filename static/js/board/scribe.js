// @ts-check
/** The scribe types what stands on paper: Enter for the next note, a digit for the column. */
import { connect } from "./link.js";
import { part, parts, setText, Words } from "./page.js";
import { control } from "./refusals.js";
import { Voice } from "./say.js";
import { Shown } from "./shown.js";
import { showFor, situation } from "./situation.js";
import { Slips } from "./slips.js";
import * as status from "./status.js";
import * as timer from "./timer.js";
import * as write from "./write.js";

const LATEST = 5;

const root = part(document, "[data-board]");
const link = connect(root);
const words = new Words(root);
const voice = new Voice(words, link);
const shown = new Shown(link);
shown.onlyPaper = true;
const slips = new Slips(root, link, shown);
const form = /** @type {HTMLFormElement} */ (part(document, "[data-write]"));
const field = control(form);
const undo = part(document, "[data-undo-last]");
/** A column just chosen by its digit. @type {{digit: string, before?: HTMLInputElement} | null} */
let choice = null;
status.follow(root, link, words, voice);
timer.follow(link, words, voice);
write.follow(link, words, voice, true);

/** A note comes a moment before its answer; drawn at once it would stand there twice. */
const LEAST_BETWEEN = 100;
/** @type {number | undefined} */
let drawing;

link.addEventListener("change", () => {
  drawing ??= window.setTimeout(draw, LEAST_BETWEEN);
});
for (const event of ["unsent", "state"]) link.addEventListener(event, draw);

function draw() {
  window.clearTimeout(drawing);
  drawing = undefined;
  if (link.board.seq !== null) {
    showFor(situation(link.board, root.dataset.template ?? ""), link.board.settings.paused);
  }
  slips.draw(LATEST);
  setText(part(root, "[data-typed]"), words.count("notes", shown.slips().length));
  undo.hidden = !lastStored();
}

function lastStored() {
  return shown.slips().find(({ note }) => note);
}

field.addEventListener("keydown", (event) => {
  const { key, shiftKey, ctrlKey, altKey, metaKey, isComposing } = /** @type {KeyboardEvent} */ (
    event
  );
  if (isComposing || ctrlKey || altKey || metaKey) return;
  const chosen = choice;
  choice = null;
  if (key === "Enter" && !shiftKey) {
    event.preventDefault();
    form.requestSubmit();
  } else if (chosen && !field.value && isNoBeginning(key)) {
    // "3 weeks without an answer": it was no choice, the note begins with a number.
    field.value = chosen.digit;
    if (chosen.before) chosen.before.checked = true;
  } else if (!field.value && /^[1-9]$/.test(key)) {
    choose(event, key);
  }
});

/**
 * What a note does not begin with: a space, a sign, or a digit that is no column's.
 * @param {string} key
 */
function isNoBeginning(key) {
  if (key.length !== 1 || /\p{L}/u.test(key)) return false;
  return !/[1-9]/.test(key) || !columns()[Number(key) - 1];
}

function columns() {
  return /** @type {HTMLInputElement[]} */ (parts(form, '[name="column"][type="radio"]'));
}

/**
 * @param {Event} event
 * @param {string} digit
 */
function choose(event, digit) {
  const column = columns()[Number(digit) - 1];
  if (!column) return;
  event.preventDefault();
  choice = { digit, before: columns().find(({ checked }) => checked) };
  column.checked = true;
  voice.now(column.closest("label")?.textContent?.trim() ?? "");
}

/** Its words come back to the field, when nothing stands there. */
undo.addEventListener("submit", (event) => {
  event.preventDefault();
  const last = lastStored();
  if (!last) return;
  voice.touch(last.id);
  link.send("note.take_back", { note: last.id }).then(
    () => {
      // Where nothing may be written, the words would lie in a field that nobody sees.
      if (!form.hidden) {
        if (!field.value) field.value = last.text;
        field.focus();
      }
      voice.now(words.say("takenBack"));
    },
    (refused) => voice.now(refused.message),
  );
});

field.focus();
