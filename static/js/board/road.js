// @ts-check
/** The board by ordinary requests: the same frames, asked for every other second. */

/**
 * @typedef {import("./state.js").Frame} Frame
 * @typedef {import("./unsent.js").Waiting} Waiting
 * @typedef {{since: () => number | null, waiting: () => Waiting[], hear: (frames: Frame[]) => void,
 *   says: (works: boolean) => void, ends: (code: number) => void}} Ends
 */

const EVERY = 2000;
/** What one request may hold (cocreate/boards/road.py). */
const MOST_AT_ONCE = 50;
const LONGEST_BODY = 60_000;
const NO_SEAT = 4401;

export class Road {
  works = false;
  #address;
  #ends;
  #tag = "";
  /** @type {number | undefined} */
  #turn;
  #isOn = false;

  /**
   * @param {string} address
   * @param {Ends} ends
   */
  constructor(address, ends) {
    this.#address = new URL(address, location.href);
    this.#ends = ends;
  }

  start() {
    if (this.#isOn) return;
    this.#isOn = true;
    this.#go();
  }

  stop() {
    this.#isOn = false;
    this.works = false;
    window.clearTimeout(this.#turn);
  }

  async #go() {
    try {
      await this.#post();
      await this.#get();
      if (this.#isOn) this.works = true;
    } catch {
      this.works = false;
    }
    if (!this.#isOn) return;
    this.#ends.says(this.works);
    this.#turn = window.setTimeout(() => this.#go(), EVERY * (0.75 + Math.random() / 2));
  }

  async #get() {
    const address = new URL(this.#address);
    const since = this.#ends.since();
    if (since !== null) address.searchParams.set("since", String(since));
    const answer = await fetch(address, { headers: { "If-None-Match": this.#tag } });
    if (answer.status === 304) return;
    await this.#read(answer);
    this.#tag = answer.headers.get("ETag") ?? "";
  }

  async #post() {
    const ops = this.#someThatFit();
    if (!ops.length) return;
    const token = document.querySelector("[name=csrfmiddlewaretoken]");
    const answer = await fetch(this.#address, {
      method: "POST",
      headers: {
        "Content-Type": "application/json",
        "X-CSRFToken": token instanceof HTMLInputElement ? token.value : "",
      },
      body: JSON.stringify({ ops }),
    });
    await this.#read(answer);
  }

  #someThatFit() {
    const ops = [];
    let room = LONGEST_BODY;
    for (const { cid, op } of this.#ends.waiting().slice(0, MOST_AT_ONCE)) {
      room -= new Blob([JSON.stringify({ cid, op })]).size + 1;
      if (room < 0) break;
      ops.push({ cid, op });
    }
    return ops;
  }

  /** @param {Response} answer */
  async #read(answer) {
    if (answer.status === 404) {
      this.stop();
      this.#ends.ends(NO_SEAT);
      throw new Error("no seat");
    }
    if (!answer.ok) throw new Error(String(answer.status));
    const { frames } = await answer.json();
    if (this.#isOn) this.#ends.hear(frames);
  }
}
