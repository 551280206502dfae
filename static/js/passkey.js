// @ts-check
/**
 * Passkeys: the button is shown only where the browser can use one, and a refused or broken
 * attempt is said in words. allauth's own script does the rest and reports by its "allauth.error".
 */
if ("PublicKeyCredential" in window) {
  for (const button of /** @type {NodeListOf<HTMLElement>} */ (
    document.querySelectorAll("[data-passkey]")
  )) {
    button.hidden = false;
  }
}

document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  /** @type {HTMLElement | null} */
  const message = document.querySelector("[data-passkey-error]");
  if (message) message.hidden = false;
});
