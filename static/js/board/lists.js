// @ts-check
/** Lists of the page brought into their new order by moving as little as possible: what stays in its
 * place keeps its focus, its selection and the reader's finger above it. */

/**
 * @param {HTMLElement} list
 * @param {HTMLElement[]} wanted
 */
export function arrange(list, wanted) {
  const here = new Set(wanted);
  for (const child of [...list.children]) {
    if (!here.has(/** @type {HTMLElement} */ (child))) child.remove();
  }
  let at = list.firstElementChild;
  for (const element of wanted) {
    if (at !== null && at !== element && at.nextElementSibling === element) {
      // One has left its place: take that one out, not all that follow it.
      const left = at;
      at = element;
      left.remove();
    }
    if (at === element) at = at.nextElementSibling;
    else list.insertBefore(element, at);
  }
}

/**
 * Browsers scroll by whole dots of the screen: what is left over is made good the next time, or many
 * small changes would carry the reader away. `off` is how far the anchor stands from where it was.
 * @type {{anchor: Element | null, scrollY: number, off: number}}
 */
let remainder = { anchor: null, scrollY: 0, off: 0 };

/**
 * Runs `change` and leaves focus and what the reader looks at where they were.
 * @param {HTMLElement} within
 * @param {() => void} change
 */
export function keepingStill(within, change) {
  const focused = document.activeElement;
  const anchor = anchorIn(within);
  const isLeftThere = anchor === remainder.anchor && window.scrollY === remainder.scrollY;
  const before = (anchor?.getBoundingClientRect().top ?? 0) - (isLeftThere ? remainder.off : 0);
  change();
  if (focused instanceof HTMLElement && document.activeElement !== focused && focused.isConnected) {
    focused.focus({ preventScroll: true });
  }
  if (anchor?.isConnected) {
    const moved = anchor.getBoundingClientRect().top - before;
    if (moved) window.scrollBy({ top: moved, behavior: "instant" });
    const off = anchor.getBoundingClientRect().top - before;
    remainder = { anchor, scrollY: window.scrollY, off: Math.abs(off) < 1 ? off : 0 };
  }
}

/**
 * The note, group or column that the reader has in the middle of the screen; none at the top of the
 * page, where new things may push what follows.
 * @param {HTMLElement} within
 */
function anchorIn(within) {
  if (window.scrollY === 0) return null;
  const focused = document.activeElement?.closest("[data-note]");
  if (focused && within.contains(focused)) return focused;
  const { left, width } = within.getBoundingClientRect();
  for (const share of [0.2, 0.4, 0.6]) {
    const seen = document
      .elementFromPoint(left + width / 4, window.innerHeight * share)
      ?.closest("[data-note], [data-group], [data-column]");
    if (seen && within.contains(seen)) return seen;
  }
  return null;
}
