// Several tabs of one site show one conversation.

/**
 * Follow what other tabs do: begin another conversation, send what was waiting, read what was new.
 * @param {Object} parts
 * @param {import("./storage.js").Store} parts.store
 * @param {import("./conversation.js").Conversation} parts.conversation
 * @param {import("./outbox.js").Outbox} parts.outbox
 * @param {import("./live.js").Live} parts.live
 */
export function followOtherTabs({ store, conversation, outbox, live }) {
  const current = () => store.get("session")?.conversation;
  let known = current();
  conversation.on("change", () => { known = current(); });
  store.onChangeElsewhere((key) => {
    if (key === "session" && current() !== known) changeConversation(conversation, live, Boolean(current()));
    else if (key === "outbox") followOutbox(conversation, outbox);
    else if (key === "read") conversation.emit("change");
  });
}

function changeConversation(conversation, live, begun) {
  live.stop();
  conversation.clear({ keepUnsent: begun });
  if (begun) live.start();
}

/** What left the outbox has been sent there, or, if it had been refused, taken back to be written again. */
function followOutbox(conversation, outbox) {
  const waiting = new Set(outbox.letters.map((letter) => letter.id));
  const gone = conversation.messages.filter((message) => !message.seq && !waiting.has(message.id));
  for (const { id, status } of gone) {
    if (status === "failed") conversation.drop(id);
    else conversation.mark({ id, status: "sent" });
  }
  outbox.letters.forEach((letter) => conversation.mark(letter));
}
