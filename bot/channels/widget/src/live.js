// News from the server: a stream when the network lets it through, polling when it does not.

import { readEvents } from "./sse.js";
import { Pause, SECONDS, backoff } from "./timing.js";

const FAILURES_BEFORE_POLLING = 2;

/**
 * @typedef {Object} News
 * @property {(messages: Object[]) => void} onMessages
 * @property {(typing: {on: boolean, author: string}) => void} onTyping
 * @property {(state: string) => void} onState
 * @property {(reachable: boolean) => void} onReachable
 */

export class Live {
  #streamPause = new Pause();
  #pollPause = new Pause();
  #failures = 0;
  #polling = false;
  #running = null;

  /**
   * @param {Object} parts
   * @param {import("./session.js").Session} parts.session
   * @param {import("./api.js").Api} parts.api
   * @param {() => number} parts.lastSeq
   * @param {() => boolean} parts.watched whether the customer is looking: decides how often to poll
   * @param {News} parts.news
   */
  constructor({ session, api, lastSeq, watched, news }) {
    Object.assign(this, { session, api, lastSeq, watched, news });
    addEventListener("online", () => this.hurry());
    addEventListener("offline", () => news.onReachable(false));
    document.addEventListener("visibilitychange", () => this.#followVisibility());
  }

  /** Start listening; does nothing when already listening. */
  start() {
    if (this.#running) return;
    this.#running = new AbortController();
    this.#failures = 0;
    this.#pollOnce();
    this.#streamForever(this.#running.signal);
    this.#releaseWhenHidden();
  }

  /** Stop everything, for instance to change conversation. */
  stop() {
    this.#running?.abort();
    this.#running = null;
    this.#polling = false;
    this.hurry();
  }

  /** Do at once what was planned for later. */
  hurry() {
    this.#streamPause.end();
    this.#pollPause.end();
  }

  async #streamForever(signal) {
    while (!signal.aborted) {
      const retryAfter = await this.#streamOnce(signal);
      if (signal.aborted) return;
      this.#failures += 1;
      if (this.#failures >= FAILURES_BEFORE_POLLING) this.#pollForever(signal);
      await this.#streamPause.wait(retryAfter ?? backoff(this.#failures - 1));
    }
  }

  /** Read one stream to its end, or until it is silent for too long; gives the server's Retry-After, if any. */
  async #streamOnce(signal) {
    const attempt = new AbortController();
    const giveUp = () => attempt.abort();
    signal.addEventListener("abort", giveUp);
    const watch = new SilenceWatch({ onSilence: giveUp, onStable: () => this.#streamWorks() });
    try {
      const open = (token) => this.api.stream(token, { after: this.lastSeq(), signal: attempt.signal });
      const response = await this.session.authorised(open);
      await readEvents(response, { onBytes: () => this.#heard(watch), onEvent: (event) => this.#dispatch(event) });
    } catch (error) {
      return error.retryAfter;
    } finally {
      watch.end();
      signal.removeEventListener("abort", giveUp);
      giveUp();
    }
  }

  #heard(watch) {
    watch.heard();
    this.news.onReachable(true);
  }

  #streamWorks() {
    this.#failures = 0;
    this.#polling = false;
  }

  #dispatch({ type, data }) {
    const detail = parsed(data);
    if (!detail) return;
    if (type === "message") this.news.onMessages([detail]);
    else if (type === "typing") this.news.onTyping(detail);
    else if (type === "state") this.news.onState(detail.state);
  }

  async #pollForever(signal) {
    if (this.#polling) return;
    this.#polling = true;
    for (let failures = 0; this.#polling && !signal.aborted;) {
      failures = await this.#pollOnce() ? 0 : failures + 1;
      const rhythm = this.watched() ? SECONDS.pollOpen : SECONDS.pollClosed;
      await this.#pollPause.wait(Math.max(rhythm, failures && backoff(failures)));
    }
  }

  async #pollOnce() {
    try {
      const { messages, state } = await this.session.authorised((token) => this.api.messagesAfter(token, this.lastSeq()));
      this.news.onMessages(messages);
      this.news.onState(state);
      this.news.onReachable(true);
      return true;
    } catch {
      this.news.onReachable(false);
      return false;
    }
  }

  /** A browser allows few connections to one server: tabs that nobody looks at give theirs back after a while. */
  #releaseWhenHidden() {
    clearTimeout(this.hiddenTimer);
    if (document.hidden) this.hiddenTimer = setTimeout(() => this.stop(), SECONDS.hiddenGrace * 1000);
  }

  #followVisibility() {
    if (!document.hidden && this.session.token) this.start();
    this.#releaseWhenHidden();
  }
}

/** Notices a stream that a proxy holds back: the server says something at least every 15 seconds. */
class SilenceWatch {
  constructor({ onSilence, onStable }) {
    Object.assign(this, { onSilence, onStable });
    this.opened = Date.now();
    this.heard();
  }

  heard() {
    clearTimeout(this.timer);
    this.timer = setTimeout(this.onSilence, SECONDS.streamSilence * 1000);
    if (Date.now() - this.opened > SECONDS.streamStable * 1000) this.onStable();
  }

  end() {
    clearTimeout(this.timer);
  }
}

function parsed(data) {
  try {
    return JSON.parse(data);
  } catch {
    return undefined;
  }
}
