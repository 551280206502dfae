// @ts-check
/** Ctrl and Enter saves what was typed from paper: hands stay on the keys. */
const form = /** @type {HTMLFormElement | null} */ (document.querySelector("[data-scribe-story]"));
form?.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.repeat) return;
  event.preventDefault();
  form.requestSubmit();
});

export {};
