// @ts-check
/** The receipt can be printed. Without script the button is not there. */
for (const button of /** @type {NodeListOf<HTMLButtonElement>} */ (
  document.querySelectorAll("[data-print]")
)) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
