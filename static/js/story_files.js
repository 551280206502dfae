// @ts-check
/** Photos and a voice on the story's page: made small here, sent with what is typed, shown at once. */

const LONGEST_SIDE = 1600;
const QUALITY = 0.86;
const MOST_SECONDS = 120;
const WARN_SECONDS = 110;
const BITS_A_SECOND = 32000;

const around = document.querySelector("[data-files]")?.closest("form");
if (around) listen(around);

/** @param {HTMLFormElement} form */
function listen(form) {
  /** What waits to be sent: [name, file or value]. @type {[string, Blob | string][]} */
  let queue = [];
  let busy = false;
  /** @type {MediaRecorder | undefined} */
  let recorder;
  /** @type {HTMLElement | null | undefined} */
  let pressed;

  prepare();

  function section() {
    return /** @type {HTMLElement} */ (form.querySelector("[data-files]"));
  }

  /** @param {string} selector */
  function part(selector) {
    return /** @type {HTMLElement | null} */ (section().querySelector(selector));
  }

  /** @param {string | undefined} text */
  function tell(text) {
    const status = part("[data-files-status]");
    if (status) status.textContent = text ?? "";
  }

  function prepare() {
    section().classList.add("with-script");
    const can = "MediaRecorder" in window && navigator.mediaDevices?.getUserMedia;
    part("[data-recorder]")?.toggleAttribute("hidden", !can);
  }

  form.addEventListener("change", (event) => {
    const chosen = /** @type {HTMLInputElement} */ (event.target);
    if (chosen.type !== "file") return;
    for (const file of chosen.files ?? []) queue.push([chosen.name, file]);
    chosen.value = "";
    work();
  });

  form.addEventListener("click", (event) => {
    const at = /** @type {HTMLElement} */ (event.target);
    const remove = /** @type {HTMLButtonElement | null} */ (at.closest("button[name=remove]"));
    if (remove) {
      event.preventDefault();
      queue.push(["remove", remove.value]);
      work();
    } else if (at.closest("[data-files-retry] button")) work();
    else if (at.closest("[data-start]")) start();
    else if (at.closest("[data-stop]")) recorder?.stop();
  });

  form.addEventListener("submit", (event) => {
    if (!recorder && !busy && !queue.length) return;
    // First what was spoken or chosen, then on.
    event.preventDefault();
    pressed = event.submitter;
    if (recorder) recorder.stop();
    else work();
  });

  async function work() {
    if (busy) return;
    busy = true;
    part("[data-files-retry]")?.setAttribute("hidden", "");
    while (queue.length) {
      const [name, what] = queue[0];
      const ready = name === "photo" && what instanceof Blob ? await small(what) : what;
      if (!(await send(name, ready))) {
        busy = false;
        pressed = undefined;
        tell(section().dataset.failed);
        part("[data-files-retry]")?.removeAttribute("hidden");
        return;
      }
      queue = queue.slice(1);
    }
    busy = false;
    const refused = part("[data-errors]");
    if (refused) refused.focus();
    else if (pressed) form.requestSubmit(pressed);
    else tell(section().dataset.kept);
    pressed = undefined;
  }

  /**
   * @param {string} name
   * @param {Blob | string} what
   * @returns {Promise<boolean>} whether the server has answered
   */
  function send(name, what) {
    const data = new FormData(form);
    data.delete("photo");
    data.delete("voice");
    data.set("part", "1");
    if (typeof what === "string") data.set(name, what);
    else data.set(name, what, name);
    return new Promise((done) => {
      const request = new XMLHttpRequest();
      request.open("POST", form.action);
      request.upload.addEventListener("progress", (event) => {
        const percent = event.total ? Math.round((100 * event.loaded) / event.total) : 0;
        tell(`${section().dataset.sending}: ${percent} %`);
      });
      request.addEventListener("load", () => {
        const answered = [200, 422].includes(request.status) && replaced(request.responseText);
        done(answered);
      });
      request.addEventListener("error", () => done(false));
      request.send(data);
    });
  }

  /**
   * Shows the files as the server has them, without losing what was typed beside them meanwhile.
   * @param {string} html
   */
  function replaced(html) {
    const page = new DOMParser().parseFromString(html, "text/html");
    const fresh = page.querySelector("[data-files]");
    if (!fresh) return false;
    const old = section();
    for (const field of old.querySelectorAll("input[type=text], textarea")) {
      const typed = /** @type {HTMLInputElement} */ (field);
      const same = /** @type {HTMLInputElement | null} */ (fresh.querySelector(`#${typed.id}`));
      if (same) same.value = typed.value;
    }
    const had = old.contains(document.activeElement);
    old.replaceWith(fresh);
    prepare();
    if (recorder) running(true);
    if (had) {
      const title = /** @type {HTMLElement | null} */ (part("h2"));
      title?.setAttribute("tabindex", "-1");
      title?.focus();
    }
    return true;
  }

  /**
   * Drawn no larger than a screen; what cannot be drawn here is sent as it is, and the server says why.
   * @param {Blob} file
   * @returns {Promise<Blob>}
   */
  async function small(file) {
    try {
      const picture = await createImageBitmap(file);
      const scale = Math.min(1, LONGEST_SIDE / Math.max(picture.width, picture.height));
      const canvas = document.createElement("canvas");
      canvas.width = Math.max(1, Math.round(picture.width * scale));
      canvas.height = Math.max(1, Math.round(picture.height * scale));
      const paper = canvas.getContext("2d");
      if (!paper) return file;
      paper.fillStyle = "#fff";
      paper.fillRect(0, 0, canvas.width, canvas.height);
      paper.drawImage(picture, 0, 0, canvas.width, canvas.height);
      const drawn = await new Promise((done) => canvas.toBlob(done, "image/jpeg", QUALITY));
      return drawn ?? file;
    } catch {
      return file;
    }
  }

  async function start() {
    /** @type {MediaStream} */
    let stream;
    try {
      stream = await navigator.mediaDevices.getUserMedia({ audio: true });
    } catch {
      tell(section().dataset.noMicrophone);
      return;
    }
    /** @type {Blob[]} */
    const pieces = [];
    const now = new MediaRecorder(stream, { audioBitsPerSecond: BITS_A_SECOND });
    recorder = now;
    const begun = Date.now();
    const ticking = window.setInterval(() => tick(Math.round((Date.now() - begun) / 1000)), 1000);
    now.addEventListener("dataavailable", (event) => pieces.push(event.data));
    now.addEventListener("stop", () => {
      window.clearInterval(ticking);
      for (const track of stream.getTracks()) track.stop();
      recorder = undefined;
      running(false);
      queue.push(["voice", new Blob(pieces, { type: now.mimeType })]);
      work();
    });
    now.start();
    running(true);
    part("[data-stop]")?.focus();
    tick(0);
    tell(section().dataset.recording);
  }

  /** @param {number} seconds */
  function tick(seconds) {
    const clock = part("[data-clock]");
    if (clock)
      clock.textContent = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
    if (seconds === WARN_SECONDS) tell(section().dataset.ends);
    if (seconds >= MOST_SECONDS) recorder?.stop();
  }

  /** @param {boolean} on */
  function running(on) {
    part("[data-start]")?.toggleAttribute("hidden", on);
    part("[data-stop]")?.toggleAttribute("hidden", !on);
  }
}
