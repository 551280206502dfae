// @ts-check
/** Whether there is a connection, who is here, and what happens when the seat is gone. */
import { part } from "./page.js";
import { keepOnPage } from "./refusals.js";

/** A short break is nobody's business. */
const PATIENCE = 2000;
const NO_BOARD = 4404;

/**
 * @param {HTMLElement} root
 * @param {import("./link.js").Link} link
 * @param {import("./page.js").Words} words
 * @param {import("./say.js").Voice} voice
 */
export function follow(root, link, words, voice) {
  const offline = part(root, "[data-offline]");
  /** @type {number | undefined} */
  let soon;
  link.addEventListener("state", () => {
    window.clearTimeout(soon);
    root.dataset.state = link.state;
    if (link.state === "ended") {
      end(root, link);
    } else if (link.state === "open") {
      if (!offline.hidden) voice.now(words.say("online"));
      offline.hidden = true;
    } else {
      soon = window.setTimeout(
        () => {
          if (offline.hidden) voice.now(words.say("offline"));
          offline.hidden = false;
        },
        link.state === "offline" ? 0 : PATIENCE,
      );
    }
  });
  const people = document.querySelector("[data-people]");
  link.addEventListener("people", (event) => {
    if (!(people instanceof HTMLElement)) return;
    people.hidden = false;
    const n = /** @type {CustomEvent} */ (event).detail;
    part(people, "[data-people-said]").textContent = words.count("people", n);
  });
  const help = root.querySelector("[data-help]");
  link.addEventListener("help", () => {
    if (help instanceof HTMLElement) help.hidden = false;
  });
  window.addEventListener("beforeunload", (event) => {
    // The browser asks; what is unsent also lies in the tab's own storage.
    if (link.unsent && link.state !== "ended") event.preventDefault();
  });
}

/**
 * To the door, unless there are words that would be lost on the way.
 * @param {HTMLElement} root
 * @param {import("./link.js").Link} link
 */
function end(root, link) {
  const ended = part(root, "[data-ended]");
  const door = /** @type {HTMLAnchorElement} */ (part(ended, "a[href]"));
  const field = document.querySelector("[data-write] textarea");
  const draft = field instanceof HTMLTextAreaElement ? field.value.trim() : "";
  const texts = [...link.pending.map(({ op }) => op.text ?? op.title ?? ""), draft].filter(Boolean);
  if (!texts.length && link.endedWith !== NO_BOARD) {
    location.assign(door.href);
    return;
  }
  for (const text of texts) keepOnPage(text, "");
  for (const running of root.querySelectorAll("[data-when]")) running.setAttribute("hidden", "");
  ended.hidden = false;
  part(ended, "h1").focus();
}
