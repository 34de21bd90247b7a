// The window of the chat and the button that opens it.

import { el, icon } from "./dom.js";
import { followKeyboard, fillsScreen } from "./viewport.js";

const FOCUSABLE = "a[href], button, textarea, [tabindex='0']";

export class Panel {
  /**
   * @param {Object} parts
   * @param {import("./texts.js").Translate} parts.t
   * @param {import("./options.js").Options} parts.options
   * @param {HTMLElement[]} parts.content from top to bottom
   * @param {(open: boolean) => void} parts.onToggle
   */
  constructor({ t, options, content, onToggle }) {
    Object.assign(this, { t, onToggle, isOpen: false });
    this.panel = el("section", { class: "panel", id: "panel", role: "dialog", "aria-labelledby": "title", tabindex: "-1" }, ...content);
    this.badge = el("span", { class: "badge", "aria-hidden": "true", hidden: true });
    this.label = el("span", { class: "label", "aria-hidden": "true", text: t("launcher_label") });
    this.launcher = el("button", {
      type: "button", class: "launcher", "aria-controls": "panel", "aria-expanded": "false", onclick: () => this.toggle(),
    }, el("span", { class: "glyph chat" }, icon("chat")), el("span", { class: "glyph down" }, icon("down")), this.label, this.badge);
    this.root = el("div", { class: "root", "data-position": options.position, lang: options.locale }, this.panel, this.launcher);
    this.panel.addEventListener("keydown", (event) => this.#key(event));
    for (const type of ["keydown", "keyup", "keypress"]) this.root.addEventListener(type, (event) => event.stopPropagation());
    followKeyboard(this.root);
    this.showUnread(0);
  }

  toggle() {
    if (this.isOpen) this.close();
    else this.open();
  }

  /** @param {{focus?: boolean, animate?: boolean}} [options] `focus` false leaves the page's focus where it is */
  open({ focus = true, animate = true } = {}) {
    if (this.isOpen) return;
    this.opener = focus ? document.activeElement : null;
    this.#show(true, animate);
    if (focus) this.#focusInside();
  }

  close() {
    if (!this.isOpen) return;
    this.#show(false, true);
    this.#returnFocus();
  }

  /** How many messages arrived while the window was closed. */
  showUnread(count) {
    this.badge.textContent = count > 99 ? "99+" : String(count);
    this.badge.hidden = !count;
    const key = this.isOpen ? "close" : count ? (count === 1 ? "open_unread_one" : "open_unread") : "open";
    this.launcher.setAttribute("aria-label", this.t(key, { count }));
  }

  /** A label beside the icon, for those who have not written yet. */
  inviteWithLabel(invite) {
    this.launcher.classList.toggle("wide", invite);
  }

  #show(open, animate) {
    this.isOpen = open;
    this.root.classList.toggle("still", !animate);
    this.root.classList.toggle("open", open);
    this.launcher.setAttribute("aria-expanded", String(open));
    this.panel.toggleAttribute("aria-modal", false);
    if (open && fillsScreen()) this.panel.setAttribute("aria-modal", "true");
    this.onToggle(open);
  }

  /** On a touch screen the keyboard would hide the conversation: it comes when the customer touches the field. */
  #focusInside() {
    const touch = matchMedia("(hover: none) and (pointer: coarse)").matches;
    const target = touch ? this.panel : this.panel.querySelector("textarea");
    target.focus({ preventScroll: true });
  }

  #returnFocus() {
    const outside = this.opener?.isConnected && this.opener !== document.body && this.opener !== this.root.getRootNode().host;
    (outside ? this.opener : this.launcher).focus({ preventScroll: true });
  }

  #key(event) {
    if (event.key === "Escape") this.close();
    if (event.key === "Tab" && fillsScreen()) this.#wrapFocus(event);
  }

  /** Full screen, the page behind is out of sight: Tab goes round inside. */
  #wrapFocus(event) {
    const stops = [...this.panel.querySelectorAll(FOCUSABLE)].filter((node) => node.getClientRects().length);
    const edge = event.shiftKey ? stops[0] : stops[stops.length - 1];
    if (this.root.getRootNode().activeElement !== edge) return;
    event.preventDefault();
    (event.shiftKey ? stops[stops.length - 1] : stops[0]).focus();
  }
}
