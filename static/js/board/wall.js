// @ts-check
/**
 * The screen on the wall: the board's own road tells that something has happened, and the wall
 * becomes what the server says it is. Pages are turned by keys; by themselves only when a
 * facilitator has asked for it, slowly.
 */
import { runClocks } from "./clock.js";
import { connect } from "./link.js";
import { morph } from "./morph.js";

const LEAST_BETWEEN = 400;
const PATIENCE = 6;
/** The code may be new although nothing happened on the board. */
const LOOK_ANYWAY = 60_000;
const TURN_EVERY = 20_000;
const FORWARD = new Set(["ArrowRight", "ArrowDown", "PageDown", " "]);
const BACK = new Set(["ArrowLeft", "ArrowUp", "PageUp"]);

const root = /** @type {HTMLElement} */ (document.querySelector("[data-board]"));
const link = connect(root);
let here = root.dataset.here ?? location.pathname;
let page = Number(root.dataset.page);
let took = 0;
let isFetching = false;
let isStale = false;
let turnsByItself = false;

link.addEventListener("change", () => soon());
link.addEventListener("state", () => sayState());
link.addEventListener("people", () => soon());
runClocks(() => (link.board.seq === null ? undefined : link.board.left));
window.setInterval(soon, LOOK_ANYWAY);
window.setInterval(() => {
  if (turnsByItself) turn(page < pages() ? 1 : 1 - pages());
}, TURN_EVERY);
offerTurning();

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey || pages() < 2) return;
  if (event.key === " " && event.target instanceof HTMLButtonElement) return;
  const by = FORWARD.has(event.key) ? 1 : BACK.has(event.key) ? -1 : 0;
  if (by) {
    event.preventDefault();
    turn(by);
  }
});
document.addEventListener("click", (event) => {
  const pressed = /** @type {Element} */ (event.target).closest("[data-turn], [data-auto]");
  if (!(pressed instanceof HTMLElement)) return;
  if (pressed.dataset.turn) {
    event.preventDefault();
    turn(Number(pressed.dataset.turn));
  } else {
    turnsByItself = !turnsByItself;
    pressed.setAttribute("aria-pressed", String(turnsByItself));
  }
});

function pages() {
  return Number(root.dataset.pages);
}

/** @param {number} by */
function turn(by) {
  const wanted = Math.min(Math.max(page + by, 1), pages());
  if (wanted === page) return;
  page = wanted;
  soon(0);
}

/** @param {number} [wait] */
function soon(wait = Math.max(LEAST_BETWEEN, took * PATIENCE)) {
  if (isFetching) {
    isStale = true;
    return;
  }
  isFetching = true;
  window.setTimeout(refresh, wait);
}

async function refresh() {
  const began = performance.now();
  try {
    take(await (await fetch(`${here}?side=${page}`)).text());
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

/** @param {string} html */
function take(html) {
  const fresh = new DOMParser().parseFromString(html, "text/html").querySelector("[data-board]");
  if (!(fresh instanceof HTMLElement)) return;
  here = fresh.dataset.here ?? here;
  page = Number(fresh.dataset.page);
  root.dataset.pages = fresh.dataset.pages;
  for (const name of ["head", "body", "pages", "foot"]) {
    const wanted = fresh.querySelector(`[data-live="${name}"]`);
    const part = root.querySelector(`[data-live="${name}"]`);
    if (part && wanted) morph(part, wanted);
    else if (part) part.remove();
    else if (wanted) root.querySelector(".wall-body")?.after(document.importNode(wanted, true));
  }
  offerTurning();
}

function offerTurning() {
  const button = /** @type {HTMLElement | null} */ (root.querySelector("[data-auto]"));
  if (!button) return;
  button.hidden = false;
  button.setAttribute("aria-pressed", String(turnsByItself));
}

function sayState() {
  root.dataset.link = link.state;
  const place = /** @type {HTMLElement} */ (root.querySelector("[data-state]"));
  place.textContent = (link.state !== "open" && place.dataset[link.state]) || "";
  place.hidden = !place.textContent;
}
