// @ts-check
/**
 * The way between a page and its board: the socket first, ordinary requests where a filter lets no
 * socket through. What was asked is kept until the server has stored it.
 *
 * @typedef {import("./state.js").Frame} Frame
 * @typedef {import("./unsent.js").Done} Done
 * @typedef {"open" | "waiting" | "offline" | "ended"} LinkState
 */
import { Road } from "./road.js";
import { Board } from "./state.js";
import { Refusal, Unsent } from "./unsent.js";

/** Refusals that are to be tried again with the same id. */
const LATER = new Set(["busy", "unavailable", "too_fast"]);
const ENDED = new Set([4401, 4404]);
const TOO_FAST = 4429;
const FIRST_WAIT = 500;
/** A server that starts anew is away for some seconds; one that stays away is asked seldom. */
const LONGEST_WAIT = 4000;
const SOON = 20;
const LONGEST_WAIT_LATER = 15_000;
const MINUTE = 60_000;
/** So many failed sockets in a row, and the ordinary road is tried beside. */
const PATIENCE = 3;
/** A sleeping phone's socket looks open for a long time: it is asked, and given so long to answer. */
const PING_EVERY = 25_000;
const PONG_WITHIN = 8000;
/** Less than the server allows one person, so that what waited is never refused for its haste. */
const AT_ONCE = 10;
const AND_THEN_EVERY = 250;

/**
 * @param {HTMLElement} root the element with data-board, data-socket and data-ops
 * @returns {Link}
 */
export function connect(root) {
  const link = new Link(root);
  link.open();
  return link;
}

/**
 * Events: "change" (detail: the entries just applied, or "all"), "state", "people" (detail: how many
 * are here), "refused" (detail: {op, code, message}), "unsent" (something was asked or answered),
 * "stored" (detail: {cid, note}) and "help" (what was written gave cause to show where help is).
 */
export class Link extends EventTarget {
  board = new Board();
  /** @type {LinkState} */
  state = "waiting";
  /** The close code that ended it: 4401 no seat, 4404 no such board. */
  endedWith = 0;
  #address;
  #unsent;
  #road;
  /** @type {WebSocket | null} */
  #socket = null;
  #isWelcome = false;
  #failures = 0;
  #budget = AT_ONCE;
  /** @type {number | undefined} */
  #again;
  /** @type {number | undefined} */
  #silence;

  /** @param {HTMLElement} root */
  constructor(root) {
    super();
    this.#address = new URL(root.dataset.socket ?? "", location.href);
    this.#address.protocol = location.protocol === "https:" ? "wss:" : "ws:";
    this.#unsent = new Unsent(`${root.dataset.ops} ${root.dataset.seat ?? ""}`);
    this.#road = new Road(root.dataset.ops ?? "", {
      since: () => this.board.seq,
      waiting: () => this.#unsent.all,
      hear: (frames) => {
        for (const frame of frames) this.#hear(frame);
      },
      says: (works) => this.#roadSays(works),
      ends: (code) => this.#end(code),
    });
  }

  /** How many operations the server has not acknowledged. */
  get unsent() {
    return this.#unsent.size;
  }

  /** The operations themselves, in the order asked. */
  get pending() {
    return this.#unsent.all;
  }

  open() {
    this.#dial();
    window.setInterval(() => this.#refill(), AND_THEN_EVERY);
    window.setInterval(() => this.#ping(), PING_EVERY);
    document.addEventListener("visibilitychange", () => this.#wakeUp());
    window.addEventListener("online", () => this.#wakeUp());
    window.addEventListener("offline", () => this.#setState("offline"));
  }

  /**
   * Resolves when it is stored; rejects with {code, message} when it is refused.
   * @param {string} kind
   * @param {Record<string, unknown>} fields
   * @returns {Promise<Done>}
   */
  send(kind, fields = {}) {
    const { answer } = this.#unsent.add({ kind, ...fields });
    this.#emit("unsent");
    this.#flush();
    return answer;
  }

  // --- the socket ---------------------------------------------------------------------------------

  #dial() {
    window.clearTimeout(this.#again);
    if (this.state === "ended") return;
    const socket = new WebSocket(this.#address);
    this.#socket = socket;
    socket.onopen = () => this.#hello();
    socket.onmessage = ({ data }) => {
      if (socket === this.#socket) this.#hear(JSON.parse(data));
    };
    socket.onclose = ({ code }) => {
      if (socket === this.#socket) this.#closed(code);
    };
  }

  /** Without a socket the road asks again by itself. */
  #hello() {
    if (this.#socket?.readyState !== WebSocket.OPEN) return;
    this.#say({ t: "hello", v: 1, since: this.board.seq });
    this.#expectAnswer();
  }

  /** @param {object} message */
  #say(message) {
    if (this.#socket?.readyState === WebSocket.OPEN) this.#socket.send(JSON.stringify(message));
  }

  #ping() {
    if (!this.#isWelcome || document.visibilityState === "hidden") return;
    this.#say({ t: "ping" });
    this.#expectAnswer();
  }

  #expectAnswer() {
    this.#silence ??= window.setTimeout(() => this.#drop(), PONG_WITHIN);
  }

  /** A socket that does not answer may take minutes to close: go on without it. */
  #drop() {
    const socket = this.#socket;
    this.#socket = null;
    socket?.close();
    this.#closed(0);
  }

  #wakeUp() {
    if (document.visibilityState === "hidden" || this.state === "ended") return;
    if (this.#isWelcome) this.#hello();
    else this.#dialSoon(0);
  }

  /** @param {number} code */
  #closed(code) {
    window.clearTimeout(this.#silence);
    this.#silence = undefined;
    this.#socket = null;
    this.#isWelcome = false;
    this.#unsent.startOver();
    if (ENDED.has(code)) {
      this.#end(code);
      return;
    }
    this.#failures += 1;
    if (this.#failures >= PATIENCE) this.#road.start();
    if (!this.#road.works) this.#setState(navigator.onLine ? "waiting" : "offline");
    this.#dialSoon(code === TOO_FAST ? MINUTE : jittered(this.#failures));
  }

  /** @param {number} wait */
  #dialSoon(wait) {
    window.clearTimeout(this.#again);
    this.#again = window.setTimeout(() => {
      if (!this.#socket) this.#dial();
    }, wait);
  }

  /** @param {boolean} works */
  #roadSays(works) {
    if (this.#isWelcome || this.state === "ended") return;
    this.#setState(works ? "open" : "offline");
  }

  /** @param {number} code */
  #end(code) {
    this.endedWith = code;
    this.#road.stop();
    window.clearTimeout(this.#again);
    this.#setState("ended");
  }

  // --- what is heard ------------------------------------------------------------------------------

  /** @param {Frame} told */
  #hear(told) {
    window.clearTimeout(this.#silence);
    this.#silence = undefined;
    if (this.#isWelcome) this.#setState("open");
    if (told.t === "welcome") this.#welcome(told);
    else if (told.t === "ops") this.#ops(told);
    else if (told.t === "mine") this.board.own(told.notes);
    else if (told.t === "ack") this.#acknowledged(told);
    else if (told.t === "refused") this.#refused(told);
    else if (told.t === "presence") this.#emit("people", told.people);
  }

  /** @param {Frame} told */
  #welcome(told) {
    this.board.welcome(told);
    if (this.#socket?.readyState === WebSocket.OPEN) {
      this.#isWelcome = true;
      this.#failures = 0;
      this.#road.stop();
      this.#setState("open");
    }
    this.#emit("change", "all");
    this.#flush();
  }

  /** @param {Frame} told */
  #ops(told) {
    const entries = this.board.ops(told);
    if (entries === null) this.#hello();
    else if (entries.length) this.#emit("change", entries);
  }

  /** @param {Frame} told */
  #acknowledged(told) {
    for (const [cid, seq, note = ""] of told.acks) {
      const one = this.#unsent.take(cid);
      if (!one) continue;
      if (note && (one.op.kind === "note.add" || one.op.kind === "note.edit")) {
        this.board.mine.add(note);
      }
      this.#emit("stored", { cid, note });
      one.resolve({ seq, cid, note, help: Boolean(told.help) });
    }
    if (told.help) this.#emit("help");
    this.#emit("unsent");
  }

  /** @param {Frame} told */
  #refused(told) {
    if (LATER.has(told.code)) {
      window.setTimeout(() => this.#unsent.comesLater(told.cid), jittered(1));
      return;
    }
    const one = this.#unsent.take(told.cid);
    if (!one) return;
    one.reject(new Refusal(told.code, told.message));
    this.#emit("refused", { op: one.op, code: told.code, message: told.message });
    this.#emit("unsent");
  }

  // --- what is asked ------------------------------------------------------------------------------

  #refill() {
    this.#budget = Math.min(AT_ONCE, this.#budget + 1);
    this.#flush();
  }

  #flush() {
    if (!this.#isWelcome) return;
    for (const one of this.#unsent.all) {
      if (one.isOnItsWay) continue;
      if (this.#budget <= 0) return;
      this.#budget -= 1;
      one.isOnItsWay = true;
      this.#say({ t: "op", cid: one.cid, op: one.op });
    }
  }

  /** @param {LinkState} state */
  #setState(state) {
    if (this.state === state) return;
    this.state = state;
    this.#emit("state");
  }

  /**
   * @param {string} name
   * @param {unknown} [detail]
   */
  #emit(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }
}

/**
 * Anywhere between the first wait and one that doubles: five hundred phones come back one by one.
 * @param {number} failures
 */
function jittered(failures) {
  const most = failures > SOON ? LONGEST_WAIT_LATER : LONGEST_WAIT;
  const longest = Math.min(most, FIRST_WAIT * 2 ** failures);
  return FIRST_WAIT + Math.random() * (longest - FIRST_WAIT);
}
