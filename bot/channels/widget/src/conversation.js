// What was said: the one list of messages that every view shows.

import { Emitter } from "./emitter.js";

/**
 * @typedef {Object} Message
 * @property {string} id the client's UUID for the customer's messages
 * @property {number} [seq] the server's number; missing until the server has it
 * @property {"customer"|"bot"|"operator"} author
 * @property {string} text
 * @property {{title: string, payload?: string}[]} [buttons]
 * @property {string} [image]
 * @property {string} at ISO time, UTC
 * @property {{name?: string, alt?: string}} [meta]
 * @property {"sending"|"waiting"|"failed"|"sent"} [status] of a message that has no `seq` yet
 * @property {string} [problem] why it failed, in the customer's language
 */

/** Emits `change` after every change and `arrived` with the messages of bot and operators that were not known. */
export class Conversation extends Emitter {
  #messages = new Map();
  state = "bot";
  typing = null;

  /** The number of the last message the server told us about; what the stream resumes from. */
  get lastSeq() {
    return Math.max(0, ...[...this.#messages.values()].map((message) => message.seq ?? 0));
  }

  /** Everything in order: by the server's number, then what is still on its way, as it was written. */
  get messages() {
    return [...this.#messages.values()].sort((a, b) => (a.seq ?? Infinity) - (b.seq ?? Infinity) || 0);
  }

  /** The name of the operator who wrote last. */
  get operator() {
    return this.messages.filter((message) => message.author === "operator").pop()?.meta?.name;
  }

  /**
   * Take in what the server says. A message seen before, by id, is never shown twice.
   * @param {Message[]} incoming
   * @param {{restored?: boolean}} [options] `restored`: history, not news
   */
  merge(incoming, { restored = false } = {}) {
    const news = incoming.filter((message) => !this.#messages.has(message.id) && message.author !== "customer");
    for (const message of incoming) this.#messages.set(message.id, { ...message, restored });
    if (incoming.some((message) => message.author === this.typing)) this.typing = null;
    if (!incoming.length) return;
    this.emit("change");
    if (news.length && !restored) this.emit("arrived", news);
  }

  /** Show the customer's message before the server has it, or change its status. A numbered message stays as it is. */
  mark(message) {
    const known = this.#messages.get(message.id);
    if (known?.seq) return;
    this.#messages.set(message.id, { ...known, ...message });
    this.emit("change");
  }

  /** Take away a message that the server refused. */
  drop(id) {
    this.#messages.delete(id);
    this.emit("change");
  }

  setState(state) {
    if (!state || state === this.state) return;
    this.state = state;
    this.emit("change");
    this.emit("state", state);
  }

  /** @param {"bot"|"operator"|null} author who is writing now */
  setTyping(author) {
    if (author === this.typing) return;
    this.typing = author;
    this.emit("change");
  }

  /** Start again with nothing but the messages that are still waiting to leave. */
  clear({ keepUnsent = false } = {}) {
    for (const [id, message] of this.#messages) if (!keepUnsent || message.seq) this.#messages.delete(id);
    this.state = "bot";
    this.typing = null;
    this.emit("change");
  }
}
