// @ts-check
/**
 * Lets a part of the page become what the server now says it is, and leaves alone what is the same:
 * focus, caret, scroll, ticked boxes, unfolded details and half-written texts stay as they are. What
 * has data-keep is the script's own.
 */

/** What a person has done to an element, and no server may undo. */
const THEIRS = new Set(["open", "checked", "value", "selected"]);

/**
 * @param {Element} old
 * @param {Element} fresh
 */
export function morph(old, fresh) {
  if (old.isEqualNode(fresh) || old.hasAttribute("data-keep")) return;
  takeAttributes(old, fresh);
  if (old instanceof HTMLTextAreaElement || old instanceof HTMLSelectElement) {
    takeChoices(old, fresh);
    return;
  }
  takeChildren(old, fresh);
}

/**
 * @param {Element} old
 * @param {Element} fresh
 */
function takeAttributes(old, fresh) {
  const isTold = old instanceof HTMLInputElement && old.type === "hidden";
  for (const { name } of [...old.attributes]) {
    if (!fresh.hasAttribute(name) && !THEIRS.has(name)) old.removeAttribute(name);
  }
  for (const { name, value } of fresh.attributes) {
    const isTheirs = THEIRS.has(name) && !isTold && !(old instanceof HTMLButtonElement);
    if (isTheirs && !isUntouched(old)) continue;
    if (old.getAttribute(name) !== value && name !== "open") old.setAttribute(name, value);
  }
}

/** @param {Element} field */
function isUntouched(field) {
  return (
    field instanceof HTMLInputElement &&
    field !== document.activeElement &&
    field.value === field.defaultValue &&
    field.checked === field.defaultChecked
  );
}

/**
 * A select keeps its choice as long as it is still offered; a text keeps its words.
 * @param {HTMLTextAreaElement | HTMLSelectElement} old
 * @param {Element} fresh
 */
function takeChoices(old, fresh) {
  if (!(old instanceof HTMLSelectElement)) return;
  const chosen = old.value;
  if (old.innerHTML === fresh.innerHTML || old === document.activeElement) return;
  old.replaceChildren(...[...fresh.childNodes].map((node) => document.importNode(node, true)));
  old.value = chosen;
  if (old.selectedIndex < 0) old.selectedIndex = 0;
}

/**
 * @param {Element} old
 * @param {Element} fresh
 */
function takeChildren(old, fresh) {
  const kept = new Map([...old.children].map((child) => [keyOf(child), child]));
  const wantedKeys = new Set([...fresh.children].map(keyOf));
  // First what is gone, so that what stays need not be moved: a moved element loses the focus.
  for (const [key, child] of kept) {
    if (key && !wantedKeys.has(key)) child.remove();
  }
  /** @type {ChildNode | null} */
  let place = old.firstChild;
  for (const wanted of [...fresh.childNodes]) {
    const found = matching(wanted, place, kept);
    if (found === null) {
      old.insertBefore(document.importNode(wanted, true), place);
      continue;
    }
    if (found === place) place = place.nextSibling;
    else old.insertBefore(found, place);
    if (found instanceof Element) morph(found, /** @type {Element} */ (wanted));
    else if (found.nodeValue !== wanted.nodeValue) found.nodeValue = wanted.nodeValue;
  }
  while (place) {
    const next = place.nextSibling;
    place.remove();
    place = next;
  }
}

/**
 * @param {ChildNode} wanted
 * @param {ChildNode | null} place
 * @param {Map<string, Element>} kept
 * @returns {ChildNode | null} the node that stays, or null where a new one is to be put
 */
function matching(wanted, place, kept) {
  if (!(wanted instanceof Element)) {
    return place && place.nodeType === wanted.nodeType ? place : null;
  }
  const key = keyOf(wanted);
  if (key) {
    const found = kept.get(key) ?? null;
    kept.delete(key);
    return found;
  }
  const isAlike = place instanceof Element && place.tagName === wanted.tagName && !keyOf(place);
  return isAlike ? place : null;
}

/** @param {Element} element */
function keyOf(element) {
  return (
    element.getAttribute("data-key") ?? (element.id || element.getAttribute("data-live") || "")
  );
}
