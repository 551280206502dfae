// @ts-check
/** The guide keeps what is typed on the server, so that a lost connection costs ten seconds at most. */

/** Milliseconds of rest before what is typed is kept, and how long it waits at most. */
const REST = 2000;
const AT_MOST = 10000;

const form = /** @type {HTMLFormElement | null} */ (document.querySelector("[data-guide]"));
const said = /** @type {HTMLElement | null} */ (document.querySelector("[data-guide-status]"));
if (form && said) keep(form, said);

/**
 * @param {HTMLFormElement} form
 * @param {HTMLElement} status
 */
function keep(form, status) {
  /** @type {number | undefined} */
  let waiting;
  let since = 0;
  let kept = words();

  function words() {
    const typed = new FormData(form);
    typed.set("go", "save");
    return new URLSearchParams(/** @type {any} */ (typed)).toString();
  }

  async function save() {
    waiting = undefined;
    since = 0;
    const now = words();
    if (now === kept) return;
    try {
      const answer = await fetch(form.action, {
        method: "POST",
        body: new URLSearchParams(now),
        redirect: "error",
      });
      if (!answer.ok) throw new Error(String(answer.status));
      kept = now;
      const time = new Date().toLocaleTimeString("da-DK", { hour: "2-digit", minute: "2-digit" });
      status.textContent = `${form.dataset.saved} ${time}`;
    } catch {
      status.textContent = form.dataset.notSaved ?? "";
      later();
    }
  }

  function later() {
    const now = Date.now();
    since ||= now;
    window.clearTimeout(waiting);
    waiting = window.setTimeout(save, Math.max(0, Math.min(REST, since + AT_MOST - now)));
  }

  form.addEventListener("input", later);
  document.addEventListener("visibilitychange", () => {
    const now = words();
    if (document.visibilityState !== "hidden" || now === kept) return;
    navigator.sendBeacon(form.action, new URLSearchParams(now));
    kept = now;
  });
}
