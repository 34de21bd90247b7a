// The conversation on the screen: keeps its place while messages arrive, announces what is new.

import { dayName, dressRow, messageRow } from "./bubble.js";
import { el } from "./dom.js";

const NEAR_END = 48; // pixels: closer than this counts as reading the last message
const GROUP_GAP = 5 * 60_000; // milliseconds between messages that still count as said in one breath

/**
 * @typedef {Object} Row
 * @property {string} key
 * @property {string} look everything that `dress` shows: it is called when this changes
 * @property {() => HTMLElement} build
 * @property {(node: HTMLElement) => void} dress
 */

export class Log {
  #rows = new Map();
  #unseen = 0;

  /**
   * @param {import("./bubble.js").BubbleContext & {onQuickReply: (button: Object) => void, welcome: HTMLElement}} context
   */
  constructor(context) {
    const { t } = context;
    this.context = context;
    this.list = el("div", { class: "rows" });
    this.dots = el("div", { class: "row bot first last typing", "aria-hidden": "true", hidden: true },
      el("div", { class: "bubble" }, el("i"), el("i"), el("i")));
    this.scroller = el("div", { class: "log", role: "log", "aria-live": "polite", "aria-label": t("log_label"), tabindex: "0" },
      context.welcome, this.list, this.dots);
    this.pill = el("button", { type: "button", class: "pill", hidden: true, onclick: () => this.toEnd({ smooth: true }) });
    this.typingNote = el("p", { class: "sr", role: "status" });
    this.node = el("div", { class: "log-frame" }, this.scroller, this.pill, this.typingNote);
    this.scroller.addEventListener("scroll", () => this.#atEnd() && this.#clearUnseen(), { passive: true });
    new ResizeObserver(() => this.pinned && this.toEnd()).observe(this.scroller);
  }

  /**
   * Bring the screen in line with the conversation.
   * @param {import("./conversation.js").Conversation} conversation
   * @param {{greet: boolean}} options whether to show the welcome
   */
  render({ messages, typing }, { greet }) {
    const atEnd = this.#atEnd();
    this.context.welcome.hidden = !greet;
    this.#reconcile(rowsOf(messages, this.context));
    this.#showTyping(typing);
    if (atEnd) this.toEnd();
  }

  /** Say that something new is further down, or go there when the customer was reading the end. */
  announce(count) {
    if (this.#atEnd()) return;
    this.#unseen += count;
    this.pill.textContent = this.context.t(this.#unseen === 1 ? "new_message" : "new_messages", { count: this.#unseen });
    this.pill.hidden = false;
  }

  /** Scroll to the last message. */
  toEnd({ smooth = false } = {}) {
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    this.scroller.scrollTo({ top: this.scroller.scrollHeight, behavior: smooth && !still ? "smooth" : "instant" });
    this.pinned = true;
    this.#clearUnseen();
  }

  #atEnd() {
    const { scrollHeight, scrollTop, clientHeight } = this.scroller;
    this.pinned = scrollHeight - scrollTop - clientHeight < NEAR_END;
    return this.pinned;
  }

  #clearUnseen() {
    this.#unseen = 0;
    this.pill.hidden = true;
  }

  #showTyping(author) {
    this.dots.hidden = !author;
    const note = author ? this.context.t(author === "bot" ? "typing_bot" : "typing_operator") : "";
    if (this.typingNote.textContent !== note) this.typingNote.textContent = note;
  }

  /** Keep the nodes that are still wanted, so that assistive technology hears only what is new; remove the rest. */
  #reconcile(wanted) {
    const kept = new Map();
    let cursor = this.list.firstChild;
    for (const row of wanted) {
      const { node, look } = this.#rows.get(row.key) ?? { node: row.build() };
      if (look !== row.look) row.dress(node);
      if (cursor === node) cursor = cursor.nextSibling;
      else this.list.insertBefore(node, cursor);
      kept.set(row.key, { node, look: row.look });
    }
    for (const [key, { node }] of this.#rows) if (!kept.has(key)) node.remove();
    this.#rows = kept;
  }
}

/** @returns {Row[]} days, messages and, at the end, quick replies */
function rowsOf(messages, context) {
  const newest = messages.filter(({ author }) => author === "customer").pop();
  const rows = messages.flatMap((message, index) => {
    const before = messages[index - 1];
    const place = {
      first: !sameBreath(before, message), last: !sameBreath(message, messages[index + 1]), newest: message === newest,
    };
    const row = {
      key: message.id,
      look: JSON.stringify([Boolean(message.seq), message.status, message.problem, place]),
      build: () => messageRow(message, place, context),
      dress: (node) => dressRow(node, message, place, context),
    };
    return sameDay(before, message) ? [row] : [dayRow(message, context), row];
  });
  const replies = quickReplies(messages[messages.length - 1], context);
  return replies ? [...rows, replies] : rows;
}

function dayRow(message, context) {
  const name = dayName(message.at, context);
  const build = () => el("p", { class: "day" });
  return { key: `day:${message.id}`, look: name, build, dress: (node) => { node.textContent = name; } };
}

/** Quick replies belong to the last message only: whatever is said next takes them away. */
function quickReplies(last, { onQuickReply, t }) {
  if (!last?.buttons?.length || last.author === "customer") return undefined;
  const choice = (button) => el("button", {
    type: "button", class: "choice", text: button.title, onclick: () => onQuickReply(button),
  });
  const build = () => el("div", { class: "choices", role: "group", "aria-label": t("quick_replies") });
  const dress = (node) => node.replaceChildren(...last.buttons.map(choice));
  return { key: `buttons:${last.id}`, look: JSON.stringify(last.buttons), build, dress };
}

function sameDay(one, other) {
  return Boolean(one) && new Date(one.at).toDateString() === new Date(other.at).toDateString();
}

function sameBreath(one, other) {
  if (!one || !other || one.author !== other.author || one.meta?.name !== other.meta?.name) return false;
  return sameDay(one, other) && new Date(other.at) - new Date(one.at) < GROUP_GAP;
}
