// Where the script begins: one widget for the page that embeds it.

import { Widget } from "./app.js";
import { el } from "./dom.js";
import { optionsOf } from "./options.js";
import { applyStyles } from "./styles.js";
import { pickLocale, translator } from "./texts.js";
import { applyTheme } from "./theme.js";

/** Build the widget in a shadow root of its own, outside <body> so that no rule meant for the page moves it. */
function start(script) {
  const chosen = optionsOf(script);
  const locale = pickLocale(chosen.locale, document.documentElement.lang, ...navigator.languages);
  const options = { ...chosen, locale };
  const widget = new Widget(options, translator(locale, { brand: options.brand }));
  const host = el("teorema-chat");
  const shadow = host.attachShadow({ mode: "open" });
  applyStyles(shadow, options.base);
  shadow.append(widget.panel.root);
  document.documentElement.append(host);
  applyTheme(widget.panel.root, options);
  publish(widget, host);
  widget.start();
}

/** `window.teorema`, the `teorema:*` events of the document, and `data-teorema-open="text"` on any element. */
function publish(widget, host) {
  window.teorema = Object.freeze({
    open: (options) => widget.open(options),
    close: () => widget.panel.close(),
    on: (name, listener) => widget.events.on(name, listener),
  });
  for (const name of ["open", "close", "message", "state", "unread"]) {
    widget.events.on(name, (detail) => host.dispatchEvent(new CustomEvent(`teorema:${name}`, { detail, bubbles: true })));
  }
  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("[data-teorema-open]");
    if (button) widget.open({ text: button.dataset.teoremaOpen });
  });
}

const script = document.currentScript ?? document.querySelector("script[data-teorema]");
if (script && !window.teorema) {
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", () => start(script));
  else start(script);
}
