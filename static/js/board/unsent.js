// @ts-check
/** What was asked and not yet answered. It outlives a reload of this tab, and nothing else. */

/**
 * @typedef {{kind: string, [field: string]: any}} Op
 * @typedef {{seq: number, cid: string, note: string, help: boolean}} Done
 * @typedef {{cid: string, op: Op, isOnItsWay: boolean,
 *   resolve: (done: Done) => void, reject: (refused: Refusal) => void}} Waiting
 */

/** Why something was not done, in a sentence for the person; `code` as in docs/board-protocol.md. */
export class Refusal extends Error {
  /**
   * @param {string} code
   * @param {string} message
   */
  constructor(code, message) {
    super(message);
    this.code = code;
  }
}

export class Unsent {
  /** @type {Map<string, Waiting>} */
  #waiting = new Map();
  #key;

  /** @param {string} key */
  constructor(key) {
    this.#key = `board:${key}`;
    for (const [cid, op] of this.#kept()) this.#hold(cid, op);
  }

  /**
   * @param {Op} op
   * @returns {{cid: string, answer: Promise<Done>}}
   */
  add(op) {
    const cid = freshId();
    const answer = this.#hold(cid, op);
    this.#keep();
    return { cid, answer };
  }

  /**
   * @param {string} cid
   * @param {Op} op
   * @returns {Promise<Done>}
   */
  #hold(cid, op) {
    /** @type {Promise<Done>} */
    const answer = new Promise((resolve, reject) => {
      this.#waiting.set(cid, { cid, op, isOnItsWay: false, resolve, reject });
    });
    // Of an operation kept from before a reload nobody awaits the answer.
    answer.catch(() => {});
    return answer;
  }

  /** @returns {Waiting[]} in the order asked */
  get all() {
    return [...this.#waiting.values()];
  }

  get size() {
    return this.#waiting.size;
  }

  /**
   * Takes one out, since it is answered.
   * @param {string} cid
   */
  take(cid) {
    const one = this.#waiting.get(cid);
    if (one) {
      this.#waiting.delete(cid);
      this.#keep();
    }
    return one;
  }

  /** @param {string} cid */
  comesLater(cid) {
    const one = this.#waiting.get(cid);
    if (one) one.isOnItsWay = false;
  }

  /** After a break nobody knows what arrived; asked again with its id, each is done once. */
  startOver() {
    for (const one of this.#waiting.values()) one.isOnItsWay = false;
  }

  /** @returns {[string, Op][]} */
  #kept() {
    try {
      return JSON.parse(sessionStorage.getItem(this.#key) ?? "[]");
    } catch {
      return [];
    }
  }

  #keep() {
    const kept = [...this.#waiting.values()].map((one) => [one.cid, one.op]);
    try {
      if (kept.length) sessionStorage.setItem(this.#key, JSON.stringify(kept));
      else sessionStorage.removeItem(this.#key);
    } catch {
      // A browser that keeps nothing: what is unsent stays in this page alone.
    }
  }
}

/** 128 random bits, in signs that may stand anywhere. */
function freshId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
