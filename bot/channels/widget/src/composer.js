// Where the customer writes.

import { el, icon } from "./dom.js";

export const LIMIT = 10_000; // characters, as the server counts them
const COUNT_FROM = 9_000;
const TALLEST = 148; // pixels

export class Composer {
  #prefilled = "";

  /**
   * @param {Object} parts
   * @param {import("./texts.js").Translate} parts.t
   * @param {string} parts.locale
   * @param {import("./storage.js").Store} parts.drafts kept for this tab, so that a reload loses nothing
   * @param {(text: string) => void} parts.onSend
   */
  constructor({ t, locale, drafts, onSend }) {
    Object.assign(this, { t, locale, drafts, onSend });
    this.field = el("textarea", {
      rows: "1", "aria-label": t("write_label"), placeholder: t("write_placeholder"), "aria-describedby": "counter",
      enterkeyhint: "send", autocomplete: "off", dir: "auto",
      oninput: () => this.#changed(), onkeydown: (event) => this.#key(event),
    });
    this.button = el("button", { type: "submit", class: "send", "aria-label": t("send"), title: t("send") }, icon("send"));
    this.counter = el("p", { class: "counter", id: "counter", role: "status" });
    const box = el("div", { class: "field" }, this.field, this.button);
    this.node = el("form", { class: "composer", onsubmit: (event) => this.#submit(event) }, this.counter, box);
    this.text = drafts.get("draft") ?? "";
  }

  get text() {
    return this.field.value;
  }

  set text(value) {
    this.field.value = value;
    this.#changed();
  }

  /** Put a text there to be sent; what the customer wrote meanwhile stays. */
  prefill(text) {
    const own = this.text.trim();
    this.text = own && own !== this.#prefilled ? `${this.text}\n${text}` : text;
    this.#prefilled = text.trim();
    this.focus();
  }

  focus() {
    this.field.focus({ preventScroll: true });
    this.field.setSelectionRange(this.text.length, this.text.length);
  }

  /** Make the field as tall as its text, up to a limit. */
  fit() {
    this.field.style.height = "auto";
    const height = this.field.scrollHeight;
    if (height) this.field.style.height = `${Math.min(height, TALLEST)}px`;
    this.field.style.overflowY = height > TALLEST ? "auto" : "hidden";
  }

  #changed() {
    this.drafts.set("draft", this.text || undefined);
    this.#count();
    this.fit();
  }

  #count() {
    const length = [...this.text].length;
    const over = length - LIMIT;
    const number = (value) => value.toLocaleString(this.locale);
    this.button.setAttribute("aria-disabled", String(over > 0 || !this.text.trim()));
    this.node.classList.toggle("over", over > 0);
    if (over > 0) this.counter.textContent = this.t("too_long", { over: number(over), limit: number(LIMIT) });
    else this.counter.textContent = length >= COUNT_FROM ? this.t("counter", { left: number(-over) }) : "";
  }

  /** Enter sends, Shift+Enter breaks the line; an input method's own Enter is left alone. */
  #key(event) {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing && event.keyCode !== 229) this.#submit(event);
  }

  #submit(event) {
    event.preventDefault();
    this.field.focus({ preventScroll: true });
    if (!this.text.trim() || this.node.classList.contains("over")) return;
    const text = this.text.trim();
    this.#prefilled = "";
    this.text = "";
    this.onSend(text);
  }
}
