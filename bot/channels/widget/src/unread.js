// How many messages nobody has looked at yet; remembered from page to page.

export class Unread {
  /** @param {import("./storage.js").Store} store */
  constructor(store) {
    this.store = store;
  }

  /** Messages of bot and operators after the last one read. */
  count({ messages }) {
    const read = this.store.get("read") ?? 0;
    return messages.filter(({ author, seq }) => author !== "customer" && seq > read).length;
  }

  /** The customer sees the conversation now. */
  markRead({ lastSeq }) {
    if (lastSeq > (this.store.get("read") ?? 0)) this.store.set("read", lastSeq);
  }

  forget() {
    this.store.set("read", undefined);
  }
}
