// Messages on their way. They are kept in the browser until the server has them, and leave in the order written.

import { Pause, backoff } from "./timing.js";

/** @typedef {{id: string, text: string, payload?: string, author: "customer", at: string, status: string, problem?: string}} Letter */

export class Outbox {
  #pause = new Pause();
  #running = false;
  #attempt = 0;
  #notBefore = 0;

  /**
   * @param {Object} parts
   * @param {import("./storage.js").Store} parts.store
   * @param {(letter: Letter) => Promise<unknown>} parts.deliver rejects with an ApiError
   * @param {(letter: Letter) => void} parts.onChange told of every new status
   * @param {(error: import("./api.js").ApiError) => string} parts.explain a refusal in the customer's words
   */
  constructor({ store, deliver, onChange, explain }) {
    Object.assign(this, { store, deliver, onChange, explain });
    addEventListener("online", () => this.retry());
  }

  /** @returns {Letter[]} what has not left, refused letters included */
  get letters() {
    return this.store.get("outbox") ?? [];
  }

  /** Queue a text; its UUID stays the same however often it is sent. */
  post({ text, payload }) {
    const letter = { id: newId(), author: "customer", text, payload, at: new Date().toISOString(), status: "sending" };
    this.store.set("outbox", [...this.letters, letter]);
    this.onChange(letter);
    this.retry();
  }

  /** Try now instead of at the next planned time (never before the server's Retry-After). */
  retry() {
    this.#pause.end();
    this.#drain();
  }

  /** Take a letter back, for instance to write it again. */
  remove(id) {
    this.store.set("outbox", this.letters.filter((letter) => letter.id !== id));
  }

  clear() {
    this.store.set("outbox", undefined);
    this.#pause.end();
  }

  async #drain() {
    if (this.#running) return;
    this.#running = true;
    try {
      for (let letter = this.#next(); letter; letter = this.#next()) await this.#attemptOne(letter);
    } finally {
      this.#running = false;
    }
  }

  #next() {
    return this.letters.find((letter) => letter.status !== "failed");
  }

  async #attemptOne(letter) {
    await this.#waitForServer(letter);
    try {
      await oneTabAtATime(() => this.#deliverUnlessGone(letter));
      this.#attempt = 0;
    } catch (error) {
      if (error.temporary) await this.#waitAfter(letter, error);
      else this.#update({ ...letter, status: "failed", problem: this.explain(error) });
    }
  }

  async #deliverUnlessGone(letter) {
    if (!this.letters.some((kept) => kept.id === letter.id)) return;
    await this.deliver(letter);
    this.remove(letter.id);
    this.onChange({ ...letter, status: "sent", problem: undefined });
  }

  async #waitAfter(letter, error) {
    const seconds = error.retryAfter ?? backoff(this.#attempt++);
    if (error.status === 429) this.#notBefore = Date.now() + seconds * 1000;
    this.#update({ ...letter, status: "waiting" });
    await this.#pause.wait(seconds);
  }

  async #waitForServer(letter) {
    while (this.#notBefore > Date.now() && this.letters.some((kept) => kept.id === letter.id)) {
      await this.#pause.wait((this.#notBefore - Date.now()) / 1000);
    }
  }

  #update(letter) {
    if (!this.letters.some((kept) => kept.id === letter.id)) return;
    this.store.set("outbox", this.letters.map((kept) => (kept.id === letter.id ? letter : kept)));
    this.onChange(letter);
  }
}

/** Two tabs share the outbox; the lock keeps them from sending the same letter at the same moment. */
function oneTabAtATime(task) {
  return navigator.locks ? navigator.locks.request("teorema-outbox", task) : task();
}

/** `crypto.randomUUID` exists only on secure pages; the widget also runs on plain http ones. */
function newId() {
  if (crypto.randomUUID) return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}
