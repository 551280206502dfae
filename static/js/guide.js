// @ts-check
/** The guide keeps what is typed on the server, so that a lost connection costs ten seconds at most. */

/** Milliseconds of rest before what is typed is kept, and how long it waits at most. */
const REST = 2000;
const AT_MOST = 10000;

const form = /** @type {HTMLFormElement | null} */ (document.querySelector("[data-guide]"));
const told = /** @type {HTMLElement | null} */ (document.querySelector("[data-guide-status]"));
if (form && told) keep(form, told);

/**
 * @param {HTMLFormElement} form
 * @param {HTMLElement} status
 */
function keep(form, status) {
  const page = Date.now();
  const turn = document.createElement("input");
  turn.type = "hidden";
  turn.name = "turn";
  form.append(turn);
  let sent = 0;
  let since = 0;
  let busy = false;
  let over = false;
  /** @type {number | undefined} */
  let waiting;
  let kept = words();

  function words() {
    const typed = new FormData(form);
    typed.delete("turn");
    // Files go their own way (story_files.js).
    typed.delete("photo");
    typed.delete("voice");
    typed.set("go", "save");
    return new URLSearchParams(/** @type {any} */ (typed)).toString();
  }

  /** Each sending has a number: one that comes late does not put back what was typed before. */
  function next() {
    sent += 1;
    return `${page}.${sent}`;
  }

  async function save() {
    waiting = undefined;
    since = 0;
    const now = words();
    if (over || now === kept) return;
    if (busy) return later();
    busy = true;
    try {
      const body = new URLSearchParams(now);
      body.set("turn", next());
      const answer = await fetch(form.action, { method: "POST", body, redirect: "error" });
      over = [403, 409].includes(answer.status);
      if (over) status.textContent = form.dataset.gone ?? "";
      else if (!answer.ok) throw new Error(String(answer.status));
      else {
        kept = now;
        const time = new Date().toLocaleTimeString("da-DK", { hour: "2-digit", minute: "2-digit" });
        status.textContent = `${form.dataset.saved} ${time}`;
      }
    } catch {
      status.textContent = form.dataset.notSaved ?? "";
      later();
    } finally {
      busy = false;
    }
  }

  function later() {
    const now = Date.now();
    since ||= now;
    window.clearTimeout(waiting);
    waiting = window.setTimeout(save, Math.max(0, Math.min(REST, since + AT_MOST - now)));
  }

  form.addEventListener("input", later);
  form.addEventListener("submit", () => {
    window.clearTimeout(waiting);
    turn.value = next();
  });
  document.addEventListener("visibilitychange", () => {
    const now = words();
    if (over || now === kept) return;
    if (document.visibilityState !== "hidden") return later();
    const body = new URLSearchParams(now);
    body.set("turn", next());
    navigator.sendBeacon(form.action, body);
  });
}
