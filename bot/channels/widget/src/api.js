// The widget API over HTTP. The token travels in a header only, never in an address.

import { SECONDS } from "./timing.js";

/** A call that did not succeed; `status` 0 means that no answer came (offline, timeout, blocked). */
export class ApiError extends Error {
  /**
   * @param {number} status HTTP status
   * @param {{message?: string, hint?: string}} [problem] the server's own words
   * @param {number} [retryAfter] seconds
   */
  constructor(status, problem = {}, retryAfter) {
    super(problem.message ?? "");
    this.status = status;
    this.hint = problem.hint ?? "";
    this.retryAfter = retryAfter;
  }

  /** Whether the same call may succeed later. */
  get temporary() {
    return this.status === 0 || this.status === 401 || this.status === 408 || this.status === 429 || this.status >= 500;
  }
}

export class Api {
  /** @param {URL} base the folder that the script was loaded from */
  constructor(base) {
    this.root = new URL("api/widget/", base);
  }

  /** Open a session, or continue one with `resume`: `{token, conversation_id, messages}`. */
  openSession(body) {
    return this.#json("session", { method: "POST", body });
  }

  /** Send one message: `{message_id}`. */
  send(token, body) {
    return this.#json("messages", { method: "POST", token, body });
  }

  /** What came after message number `after`: `{messages, state}`. */
  messagesAfter(token, after) {
    return this.#json(`messages?after=${after}`, { token });
  }

  /** The live stream: a response whose body never ends by itself. */
  async stream(token, { after, signal }) {
    const headers = { Accept: "text/event-stream", ...(after && { "Last-Event-ID": String(after) }) };
    return this.#fetch("stream", { token, headers, signal });
  }

  async #json(path, { method = "GET", token, body }) {
    const controller = new AbortController();
    const timer = setTimeout(() => controller.abort(), SECONDS.request * 1000);
    try {
      const headers = { Accept: "application/json", ...(body && { "Content-Type": "application/json" }) };
      const response = await this.#fetch(path, { method, token, headers, body, signal: controller.signal });
      return await response.json().catch(() => { throw new ApiError(0); });
    } finally {
      clearTimeout(timer);
    }
  }

  async #fetch(path, { method = "GET", token, headers, body, signal }) {
    const options = {
      method, signal, credentials: "omit", cache: "no-store", referrerPolicy: "strict-origin-when-cross-origin",
      headers: { ...headers, ...(token && { Authorization: `Bearer ${token}` }) },
      body: body && JSON.stringify(body),
    };
    const response = await fetch(new URL(path, this.root), options).catch(() => { throw new ApiError(0); });
    if (!response.ok) throw await errorOf(response);
    return response;
  }
}

async function errorOf(response) {
  const { error } = await response.json().catch(() => ({}));
  return new ApiError(response.status, error ?? undefined, secondsOf(response.headers.get("Retry-After")));
}

/** Retry-After is either seconds or a date. */
function secondsOf(value) {
  if (!value) return undefined;
  const seconds = Number(value);
  return Number.isFinite(seconds) ? seconds : Math.max(0, (Date.parse(value) - Date.now()) / 1000) || 0;
}
