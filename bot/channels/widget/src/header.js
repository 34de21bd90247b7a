// The top of the panel: whose chat this is, who answers now, and the menu.

import { el, icon } from "./dom.js";

export class Header {
  /**
   * @param {Object} parts
   * @param {import("./texts.js").Translate} parts.t
   * @param {import("./options.js").Options} parts.options
   * @param {() => void} parts.onClose
   * @param {() => void} parts.onRestart
   */
  constructor({ t, options, onClose, onRestart }) {
    this.t = t;
    this.status = el("p", { class: "status-line", role: "status" });
    this.toggle = el("button", {
      type: "button", class: "icon", "aria-label": t("menu"), title: t("menu"), "aria-expanded": "false",
      "aria-controls": "menu", onclick: () => this.showMenu(this.menu.hidden),
    }, icon("more"));
    this.restart = el("button", { type: "button", class: "entry", onclick: () => this.#choose(onRestart) }, icon("fresh"), t("restart"));
    const privacy = el("a", { class: "entry", href: options.privacy, target: "_blank", rel: "noopener" }, icon("shield"), t("privacy"));
    this.menu = el("div", { class: "menu", id: "menu", hidden: true }, this.restart, privacy);
    const close = el("button", { type: "button", class: "icon", "aria-label": t("close"), title: t("close"), onclick: onClose }, icon("close"));
    this.node = el("header", {},
      el("span", { class: "mark", "aria-hidden": "true", text: initials(options.brand) }),
      el("div", { class: "who" }, el("h2", { id: "title", text: options.brand }), this.status),
      this.toggle, close, this.menu);
    this.menu.addEventListener("focusout", (event) => this.#leave(event));
    this.node.addEventListener("keydown", (event) => this.#escape(event));
  }

  /** @param {{state: string, operator?: string}} conversation */
  render({ state, operator }) {
    const key = state === "human" && operator ? "state_human_named" : `state_${state}`;
    const line = this.t(key, { name: operator ?? "" });
    if (this.status.textContent !== line) this.status.textContent = line;
    this.status.dataset.state = state;
  }

  /** Open or close the menu; closing with `refocus` gives the focus back to its button. */
  showMenu(shown, { refocus = false } = {}) {
    this.menu.hidden = !shown;
    this.toggle.setAttribute("aria-expanded", String(shown));
    if (shown) this.restart.focus();
    else if (refocus) this.toggle.focus();
  }

  #choose(action) {
    this.showMenu(false, { refocus: true });
    action();
  }

  /** Escape closes the menu before it closes the chat. */
  #escape(event) {
    if (event.key !== "Escape" || this.menu.hidden) return;
    event.stopPropagation();
    this.showMenu(false, { refocus: true });
  }

  #leave({ relatedTarget }) {
    if (!this.menu.contains(relatedTarget) && relatedTarget !== this.toggle) this.showMenu(false);
  }
}

/** Up to two letters that stand for the brand. */
function initials(brand) {
  return brand.split(/\s+/).slice(0, 2).map((word) => [...word][0] ?? "").join("").toUpperCase();
}
