// Who we are to the server: one token, kept for the next page and shared by the tabs.

/** @typedef {import("./api.js").Api} Api */

export class Session {
  #opening;

  /**
   * @param {Object} parts
   * @param {Api} parts.api
   * @param {import("./storage.js").Store} parts.store
   * @param {string} parts.locale
   * @param {(opened: {messages: Object[], state?: string, sameConversation: boolean}) => void} parts.onOpened
   */
  constructor({ api, store, locale, onOpened }) {
    Object.assign(this, { api, store, locale, onOpened });
  }

  /** The token, or `undefined` when this browser has never written. */
  get token() {
    return this.store.get("session")?.token;
  }

  /** Continue the stored conversation, or start one. Calls made meanwhile share one request. */
  open() {
    this.#opening ??= this.#open(this.token).finally(() => { this.#opening = undefined; });
    return this.#opening;
  }

  /**
   * Make a call with a token; an expired token is renewed and the call made once more.
   * @template T
   * @param {(token: string) => Promise<T>} call
   * @returns {Promise<T>}
   */
  async authorised(call) {
    const token = this.token ?? await this.open();
    try {
      return await call(token);
    } catch (error) {
      if (error.status !== 401) throw error;
      const renewedElsewhere = this.token && this.token !== token;
      return call(renewedElsewhere ? this.token : await this.open());
    }
  }

  /** Forget the conversation: the next call starts a new one. */
  forget() {
    this.store.set("session", undefined);
  }

  async #open(resume) {
    const before = this.store.get("session");
    const opened = await this.#request(resume);
    this.store.set("session", { token: opened.token, conversation: opened.conversation_id });
    const sameConversation = !before || before.conversation === opened.conversation_id;
    this.onOpened({ messages: opened.messages ?? [], state: opened.state, sameConversation });
    return opened.token;
  }

  /** A token that the server no longer accepts must not lock the customer out: start afresh. */
  async #request(resume) {
    try {
      return await this.api.openSession({ locale: this.locale, ...(resume && { resume }) });
    } catch (error) {
      if (!resume || error.temporary && error.status !== 401) throw error;
      return this.api.openSession({ locale: this.locale });
    }
  }
}
