// @ts-check
/** Whoever goes out leaves nothing unsent behind on a screen that others use too. */
document.querySelector("main form")?.addEventListener("submit", () => {
  for (const key of Object.keys(sessionStorage)) {
    if (key.startsWith("board:")) sessionStorage.removeItem(key);
  }
});
