// @ts-check
/**
 * The facilitator's page, kept as the server says it. The board's own road tells that something has
 * happened; the page is then fetched once more and its parts become what they are now. Buttons are
 * sent without leaving the page.
 */
import { runClocks } from "./clock.js";
import { connect } from "./link.js";
import { morph } from "./morph.js";

/** Milliseconds between two fetches; longer where a page takes long to make. */
const LEAST_BETWEEN = 700;
const PATIENCE = 8;
/** What was said to the last press stays until the next. */
const SAID = "said";

const root = /** @type {HTMLElement} */ (document.querySelector("[data-board]"));
const link = connect(root);
let here = root.dataset.here ?? location.pathname;
let took = 0;
let isFetching = false;
let isStale = false;
/** The part where something was refused: what it then asks stays until it is answered.
 * @type {string | undefined} */
let refusedIn;

link.addEventListener("change", () => soon());
link.addEventListener("state", () => sayState());
link.addEventListener("people", (event) => {
  sayPeople(/** @type {CustomEvent} */ (event).detail);
  soon();
});
runClocks(() => (link.board.seq === null ? undefined : link.board.left));

document.addEventListener("submit", (event) => {
  const form = /** @type {HTMLFormElement} */ (event.target);
  const button = /** @type {HTMLButtonElement | null} */ (event.submitter);
  if (form.method !== "post") return;
  event.preventDefault();
  send(form, button);
});
document.addEventListener("change", (event) => {
  if (event.target instanceof HTMLInputElement && event.target.name === "note") sayChosen();
});
sayChosen();

/** Not at each of fifty notes a second, and never two at once. */
function soon() {
  if (isFetching) {
    isStale = true;
    return;
  }
  isFetching = true;
  window.setTimeout(refresh, Math.max(LEAST_BETWEEN, took * PATIENCE));
}

async function refresh() {
  const began = performance.now();
  try {
    await take(await fetch(here), [SAID, refusedIn]);
  } catch {
    // The board's own road says when it is away, and asks again.
  }
  took = performance.now() - began;
  isFetching = false;
  if (isStale) {
    isStale = false;
    soon();
  }
}

/**
 * @param {Response} answer
 * @param {(string | undefined)[]} but parts that stay as they are
 */
async function take(answer, but = []) {
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const fresh = /** @type {HTMLElement | null} */ (page.querySelector("[data-board]"));
  if (!fresh) throw new Error("no board");
  if (fresh.dataset.here && fresh.dataset.here !== here) {
    here = fresh.dataset.here;
    history.replaceState(null, "", here);
  }
  for (const part of parts(document)) {
    if (but.includes(part.dataset.live)) continue;
    const wanted = page.querySelector(`[data-live="${part.dataset.live}"]`);
    if (wanted) morph(part, wanted);
    else part.replaceChildren();
  }
  addMissing(page);
  sayChosen();
}

/**
 * A part that was not there before: behind the part that stands before it on the fresh page.
 * @param {Document} page
 */
function addMissing(page) {
  for (const wanted of parts(page)) {
    if (document.querySelector(`[data-live="${wanted.dataset.live}"]`)) continue;
    const before = /** @type {HTMLElement | null} */ (wanted.previousElementSibling);
    const place = document.querySelector(`[data-live="${before?.dataset.live}"]`);
    place?.after(document.importNode(wanted, true));
  }
}

/**
 * @param {HTMLFormElement} form
 * @param {HTMLButtonElement | null} button
 */
async function send(form, button) {
  const said = new FormData(form, button);
  button?.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(form.action, { method: "POST", body: said });
    await take(answer);
    refusedIn = answer.ok ? undefined : partOf(form);
    if (answer.ok) wentWell(form, button);
    else lookAtErrors();
    notSaved(false);
  } catch {
    notSaved(true);
  } finally {
    button?.removeAttribute("aria-busy");
  }
}

/** @param {HTMLElement} within */
function partOf(within) {
  const part = within.closest("[data-live]");
  return part instanceof HTMLElement ? part.dataset.live : undefined;
}

function lookAtErrors() {
  const errors = /** @type {HTMLElement | null} */ (document.querySelector("[data-errors]"));
  errors?.focus();
}

/**
 * What was written is on the board now, and the question that was answered folds again.
 * @param {HTMLFormElement} form
 * @param {HTMLButtonElement | null} button
 */
function wentWell(form, button) {
  if (form.hasAttribute("data-clear")) {
    for (const field of form.querySelectorAll("textarea")) field.value = "";
    form.querySelector("textarea")?.focus();
  }
  for (const box of /** @type {NodeListOf<HTMLInputElement>} */ (
    form.querySelectorAll('[name="note"]:checked')
  )) {
    box.checked = false;
  }
  for (const name of ["title", "to", "reason"]) {
    const field = form.elements.namedItem(name);
    if (field instanceof HTMLInputElement || field instanceof HTMLSelectElement) field.value = "";
  }
  const asked = button?.closest("details.ask");
  if (asked instanceof HTMLDetailsElement) {
    asked.open = false;
    asked.querySelector("summary")?.focus();
  }
  sayChosen();
}

// --- what the page says of itself ----------------------------------------------------------------

function sayState() {
  root.dataset.link = link.state;
  say(link.state === "open" ? "" : link.state);
}

/** @param {boolean} isSo */
function notSaved(isSo) {
  if (isSo) say("failed");
  else sayState();
}

/** @param {string} state */
function say(state) {
  const place = /** @type {HTMLElement} */ (document.querySelector("[data-state]"));
  place.textContent = place.dataset[state] ?? "";
  place.hidden = !place.textContent;
}

/** @param {number} people */
function sayPeople(people) {
  const place = /** @type {HTMLElement | null} */ (document.querySelector("[data-online]"));
  if (!place) return;
  const { one = "", many = "" } = place.dataset;
  place.textContent = ` ${people === 1 ? one : many.replace("#", String(people))}`;
  place.hidden = false;
}

function sayChosen() {
  const place = /** @type {HTMLElement | null} */ (document.querySelector("[data-chosen]"));
  if (!place) return;
  const number = document.querySelectorAll('[name="note"]:checked').length;
  const { none = "", one = "", many = "" } = place.dataset;
  place.textContent = number === 0 ? none : number === 1 ? one : many.replace("#", String(number));
}

/** @param {Document} page */
function parts(page) {
  return /** @type {NodeListOf<HTMLElement>} */ (page.querySelectorAll("[data-live]"));
}
