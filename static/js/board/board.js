// @ts-check
/** The live board: joins the parts of the page to the link, and draws when something has changed. */
import * as ballot from "./ballot.js";
import { Deeds } from "./deeds.js";
import * as drag from "./drag.js";
import * as keys from "./keys.js";
import { connect } from "./link.js";
import { part, parts, setText, Words } from "./page.js";
import { Canvas } from "./paint.js";
import { control } from "./refusals.js";
import { keep, Voice } from "./say.js";
import { Sheet } from "./sheet.js";
import { Shown } from "./shown.js";
import { showFor, situation } from "./situation.js";
import { Slips } from "./slips.js";
import * as status from "./status.js";
import * as timer from "./timer.js";
import * as write from "./write.js";

/** At fifty changes a second one still wants to read; a phone draws five hundred notes in this. */
const LEAST_BETWEEN = 120;
const CALM = "board-calm";

const root = part(document, "[data-board]");
const canvas = part(root, "[data-canvas]");
const form = /** @type {HTMLFormElement} */ (part(root, "[data-write]"));
const link = connect(root);
const words = new Words(root);
const voice = new Voice(words, link);
const shown = new Shown(link);
const paint = new Canvas(root, link, shown, words);
const slips = new Slips(root, link, shown);
const deeds = new Deeds(link, shown, words, voice);
const sheet = new Sheet(root, link, paint, deeds, words, voice);
const vote = ballot.follow(root, link, shown, words, voice);
status.follow(root, link, words, voice);
timer.follow(link, words, voice);
write.follow(link, words, voice);
keys.follow(
  canvas,
  (id, toMove) => sheet.openNote(id, toMove),
  (id, by) => {
    if (paint.situation.has("vote")) vote(id, by);
  },
);
drag.follow(canvas, mayMove, deeds);
followCalm();
part(root, "[data-options]").hidden = false;

let phase = "";
let isPaused = false;
/** @type {number | undefined} */
let drawing;

link.addEventListener("change", () => drawSoon());
link.addEventListener("unsent", () => drawSoon(0));
link.addEventListener("state", () => drawSoon(0));

function drawSoon(wait = LEAST_BETWEEN) {
  if (wait === 0) {
    window.clearTimeout(drawing);
    drawing = undefined;
    queueMicrotask(draw);
  } else drawing ??= window.setTimeout(draw, wait);
}

function draw() {
  window.clearTimeout(drawing);
  drawing = undefined;
  if (link.board.seq === null) {
    slips.draw();
    return;
  }
  settle();
  paint.draw();
  slips.draw();
  keys.keepStops(canvas);
}

/** Phase and pause: everything is on the page already and is shown or hidden. */
function settle() {
  const { settings } = link.board;
  paint.situation = situation(link.board, root.dataset.template ?? "");
  const now = [...paint.situation].sort().join(" ");
  if (now !== phase || settings.paused !== isPaused) {
    const isFirst = phase === "";
    showFor(paint.situation, settings.paused);
    showStep(settings.phase);
    if (!isFirst) sheet.phaseChanged();
    // What a facilitator turns over is meant to be seen.
    shown.lookAgain();
    if (!isFirst) {
      part(root, "[data-undo]").hidden = true;
      sayWhereWeAre(settings.paused, settings.paused === isPaused);
    }
    phase = now;
    isPaused = settings.paused;
    canvas.toggleAttribute("data-arrange", paint.situation.has("arrange"));
  }
  // Words that were begun stay in sight also where they cannot be sent any more.
  if (!paint.situation.has("write")) form.hidden = !control(form).value.trim();
}

/**
 * @param {boolean} paused
 * @param {boolean} isPhase
 */
function sayWhereWeAre(paused, isPhase) {
  if (paused) voice.now(words.say("paused"));
  else {
    const step = part(document, '[data-step][aria-current="step"]').textContent?.trim();
    const what = parts(root, "[data-now] p").find((line) => !line.hidden)?.textContent;
    voice.now(`${isPhase ? words.say("now") : words.say("running")}: ${step}. ${what ?? ""}`);
  }
}

/** @param {string} at */
function showStep(at) {
  const steps = parts(document, "[data-step]");
  const here = steps.findIndex((step) => step.dataset.step === at);
  for (const [n, step] of steps.entries()) {
    step.className = n < here ? "done" : n === here ? "here" : "";
    if (n === here) step.setAttribute("aria-current", "step");
    else step.removeAttribute("aria-current");
  }
}

/** @param {string} id */
function mayMove(id) {
  const isOwn = link.board.mine.has(id);
  return paint.situation.has("arrange") || (isOwn && paint.situation.has("write"));
}

function followCalm() {
  const calm = /** @type {HTMLInputElement} */ (part(root, "[data-calm]"));
  try {
    calm.checked = localStorage.getItem(CALM) === "1";
  } catch {
    // The choice was not kept.
  }
  shown.isStill = calm.checked;
  calm.addEventListener("change", () => {
    shown.isStill = calm.checked;
    keep(CALM, calm.checked ? "1" : "0");
    shown.lookAgain();
    draw();
  });
  part(root, "[data-show]").addEventListener("click", () => {
    shown.lookAgain();
    draw();
    part(canvas, "[data-note]").focus();
  });
}

// The line on the page for refusals that belong to no field.
link.addEventListener("refused", (event) => {
  const { op, message } = /** @type {CustomEvent} */ (event).detail;
  if (op.kind === "note.add" || op.kind === "note.edit" || op.kind === "group.name") return;
  const told = part(root, "[data-told]");
  told.hidden = false;
  setText(part(told, "[data-told-why]"), message);
});
link.addEventListener("unsent", () => {
  part(root, "[data-told]").hidden ||= link.unsent > 0;
});
