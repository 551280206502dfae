// @ts-check
/**
 * "Leave this page": the page is emptied at once and its place in the browser's history is taken
 * by the page one goes to. It cannot clear what lies further back, and nothing claims that it does.
 */
for (const link of /** @type {NodeListOf<HTMLAnchorElement>} */ (
  document.querySelectorAll("[data-leave]")
)) {
  link.addEventListener("click", (event) => {
    event.preventDefault();
    const away = link.href;
    document.title = link.hostname;
    document.body.replaceChildren();
    window.location.replace(away);
  });
}
