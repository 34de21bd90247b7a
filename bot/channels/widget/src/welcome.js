// What an empty conversation shows: who answers, and a few ways to begin.

import { el } from "./dom.js";
import { suggestions } from "./texts.js";

/**
 * @param {Object} parts
 * @param {import("./texts.js").Translate} parts.t
 * @param {string} parts.locale
 * @param {(text: string) => void} parts.onSuggestion
 */
export function welcome({ t, locale, onSuggestion }) {
  const chip = (text) => el("button", { type: "button", class: "choice", text, onclick: () => onSuggestion(text) });
  return el("div", { class: "welcome" },
    el("div", { class: "hello" }, el("h3", { text: t("welcome_title") }), el("p", { text: t("welcome_text") })),
    el("div", { class: "choices", role: "group", "aria-label": t("suggestions") }, ...suggestions(locale).map(chip)));
}
