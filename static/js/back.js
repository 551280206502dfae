// @ts-check
/**
 * A page with somebody's words that the browser kept alive behind the next one is asked for anew when
 * it is gone back to. After "Færdig" on a shared device the answer is that nothing is open here.
 */
window.addEventListener("pagehide", (event) => {
  if (event.persisted) document.body.hidden = true;
});
window.addEventListener("pageshow", (event) => {
  if (event.persisted) window.location.replace(window.location.href);
});
