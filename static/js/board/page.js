// @ts-check
/** Small things every part of the page needs: finding its elements, and its words. */

/**
 * @param {ParentNode} within
 * @param {string} selector
 * @returns {HTMLElement}
 */
export function part(within, selector) {
  const found = within.querySelector(selector);
  if (found instanceof HTMLElement) return found;
  throw new Error(`nothing matches ${selector}`);
}

/**
 * @param {ParentNode} within
 * @param {string} selector
 * @returns {HTMLElement[]}
 */
export function parts(within, selector) {
  return [.../** @type {NodeListOf<HTMLElement>} */ (within.querySelectorAll(selector))];
}

/**
 * A copy of what stands in a template of the page: the same markup as the server's own.
 * @param {ParentNode} within
 * @param {string} name
 * @returns {DocumentFragment}
 */
export function copyOf(within, name) {
  // Imported, not cloned: in the template's own document an address leads nowhere.
  return document.importNode(templateOf(within, name).content, true);
}

/**
 * @param {ParentNode} within
 * @param {string} name
 */
export function templateOf(within, name) {
  return /** @type {HTMLTemplateElement} */ (part(within, `[data-template="${name}"]`));
}

/**
 * Sets only what differs, so that a selection in a text that did not change stays.
 * @param {HTMLElement} element
 * @param {string} text
 */
export function setText(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

/** The page's sentences, in the page's language; # is a number. */
export class Words {
  #said;

  /** @param {ParentNode} within */
  constructor(within) {
    this.#said = part(within, "[data-words]").dataset;
  }

  /** @param {string} name */
  say(name) {
    return this.#said[`say${name.charAt(0).toUpperCase()}${name.slice(1)}`] ?? "";
  }

  /**
   * @param {string} name
   * @param {number} n
   */
  count(name, n) {
    return this.say(`${name}${n === 1 ? "One" : "Many"}`).replace("#", String(n));
  }
}
