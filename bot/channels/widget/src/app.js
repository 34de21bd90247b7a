// The widget: ties the conversation, the connection and the screen together.

import { Api } from "./api.js";
import { Composer } from "./composer.js";
import { confirm } from "./confirm.js";
import { Conversation } from "./conversation.js";
import { el } from "./dom.js";
import { Emitter } from "./emitter.js";
import { Header } from "./header.js";
import { Live } from "./live.js";
import { Log } from "./log.js";
import { Outbox } from "./outbox.js";
import { Panel } from "./panel.js";
import { Session } from "./session.js";
import { Store } from "./storage.js";
import { followOtherTabs } from "./tabs.js";
import { SECONDS } from "./timing.js";
import { Unread } from "./unread.js";
import { welcome } from "./welcome.js";
import { fillsScreen } from "./viewport.js";

export class Widget {
  events = new Emitter();
  conversation = new Conversation();

  /**
   * @param {import("./options.js").Options} options
   * @param {import("./texts.js").Translate} t
   */
  constructor(options, t) {
    Object.assign(this, { options, t });
    this.kept = new Store("localStorage", options.base.origin);
    this.tab = new Store("sessionStorage", options.base.origin);
    this.unread = new Unread(this.kept);
    this.#connect();
    this.#draw();
    this.#listen();
  }

  /** Continue what this browser began, and open the window where it was open. */
  async start() {
    this.#showUnsent();
    this.#render();
    if (this.options.open || (this.tab.get("open") && !fillsScreen())) this.panel.open({ focus: false, animate: false });
    if (this.session.token) await this.session.open().catch(() => this.#showReachable(false));
    if (this.session.token) this.live.start();
    if (this.outbox.letters.length) this.outbox.retry();
  }

  /** @param {{text?: string}} [options] a text to put in the field, ready to be sent */
  open({ text } = {}) {
    this.panel.open();
    if (text) this.composer.prefill(text);
  }

  #connect() {
    const { options, t, kept, conversation } = this;
    const api = new Api(options.base);
    this.session = new Session({ api, store: kept, locale: options.locale, onOpened: (opened) => this.#opened(opened) });
    this.outbox = new Outbox({
      store: kept,
      deliver: ({ id, text, payload }) => this.session.authorised((token) => api.send(token, { id, text, payload })),
      onChange: (letter) => conversation.mark(letter),
      explain: ({ message, hint, status }) => [message || refusal(t, status), hint].filter(Boolean).join(" "),
    });
    this.live = new Live({
      api, session: this.session, lastSeq: () => conversation.lastSeq, watched: () => this.panel.isOpen,
      news: {
        onMessages: (messages) => conversation.merge(messages),
        onTyping: ({ on, author }) => this.#showTyping(on ? author : null),
        onState: (state) => conversation.setState(state),
        onReachable: (reachable) => this.#showReachable(reachable),
      },
    });
  }

  #draw() {
    const { t, options } = this;
    const send = (text) => this.#send({ text });
    this.header = new Header({ t, options, onClose: () => this.panel.close(), onRestart: () => this.#restart() });
    this.banner = el("p", { class: "banner", role: "status" });
    this.log = new Log({
      t, locale: options.locale, base: options.base,
      welcome: welcome({ t, locale: options.locale, onSuggestion: send }),
      onRetry: () => this.outbox.retry(),
      onEdit: (id) => this.#edit(id),
      onQuickReply: ({ title, payload }) => this.#send({ text: title, payload }),
    });
    this.note = el("p", { class: "note" });
    this.consent = el("p", { class: "note" }, `${t("consent")} `,
      el("a", { href: options.privacy, target: "_blank", rel: "noopener", text: t("consent_link") }));
    this.composer = new Composer({ t, locale: options.locale, drafts: this.tab, onSend: send });
    const content = [this.header.node, this.banner, this.log.node, this.note, this.composer.node, this.consent];
    this.panel = new Panel({ t, options, content, onToggle: (open) => this.#toggled(open) });
  }

  #listen() {
    this.conversation.on("change", () => this.#render());
    this.conversation.on("arrived", (messages) => this.#arrived(messages));
    this.conversation.on("state", (state) => this.events.emit("state", state));
    followOtherTabs({ store: this.kept, conversation: this.conversation, outbox: this.outbox, live: this.live });
  }

  #send(letter) {
    this.outbox.post(letter);
    this.log.toEnd();
    this.composer.focus();
  }

  #edit(id) {
    const letter = this.outbox.letters.find((kept) => kept.id === id);
    this.outbox.remove(id);
    this.conversation.drop(id);
    if (letter) this.composer.prefill(letter.text);
  }

  async #restart() {
    const { t } = this;
    const words = { title: t("restart_title"), text: t("restart_text"), yes: t("restart"), no: t("cancel") };
    const sure = await confirm(this.panel.panel, words);
    if (sure) this.#forget();
    this.composer.focus();
  }

  #forget() {
    this.live.stop();
    this.outbox.clear();
    this.session.forget();
    this.unread.forget();
    this.conversation.clear();
  }

  #opened({ messages, state, sameConversation }) {
    if (!sameConversation) {
      this.live.stop();
      this.unread.forget();
      this.conversation.clear({ keepUnsent: true });
    }
    this.conversation.merge(messages, { restored: true });
    this.conversation.setState(state);
    this.live.start();
  }

  #showUnsent() {
    this.outbox.letters.forEach((letter) => this.conversation.mark(letter));
  }

  #arrived(messages) {
    this.log.announce(messages.length);
    messages.forEach((message) => this.events.emit("message", { author: message.author, text: message.text }));
  }

  #toggled(open) {
    this.tab.set("open", open || undefined);
    this.#render();
    if (open) requestAnimationFrame(() => this.#settle());
    this.events.emit(open ? "open" : "close");
  }

  #settle() {
    this.composer.fit();
    this.log.toEnd();
  }

  #render() {
    const { conversation, panel } = this;
    const empty = conversation.messages.length === 0;
    const greet = empty && !this.session.token;
    this.header.render(conversation);
    this.log.render(conversation, { greet });
    this.consent.hidden = !greet;
    this.note.textContent = conversation.state === "closed" && !empty ? this.t("closed_note") : "";
    panel.inviteWithLabel(greet);
    if (panel.isOpen) this.unread.markRead(conversation);
    this.#showUnread();
  }

  #showUnread() {
    const count = this.unread.count(this.conversation);
    this.panel.showUnread(count);
    if (count !== this.shownUnread) this.events.emit("unread", count);
    this.shownUnread = count;
  }

  #showTyping(author) {
    clearTimeout(this.typingTimer);
    this.conversation.setTyping(author);
    if (author) this.typingTimer = setTimeout(() => this.conversation.setTyping(null), SECONDS.typing * 1000);
  }

  #showReachable(reachable) {
    const words = reachable ? "" : this.t(navigator.onLine ? "unreachable" : "offline");
    if (this.banner.textContent !== words) this.banner.textContent = words;
  }
}

/** Our own words for a refusal without a message; none for a status that we do not know. */
function refusal(t, status) {
  const key = `refused_${status}`;
  const words = t(key);
  return words === key ? "" : words;
}
