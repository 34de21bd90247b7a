// A question over the conversation that must be answered before anything is lost.

import { el } from "./dom.js";

/**
 * Ask inside `frame`; resolves to whether the customer said yes. Escape means no.
 * @param {HTMLElement} frame
 * @param {{title: string, text: string, yes: string, no: string}} words
 * @returns {Promise<boolean>}
 */
export function confirm(frame, { title, text, yes, no }) {
  return new Promise((resolve) => {
    const answer = (value) => () => {
      sheet.remove();
      resolve(value);
    };
    const cancel = el("button", { type: "button", class: "plain", text: no, onclick: answer(false) });
    const accept = el("button", { type: "button", class: "strong", text: yes, onclick: answer(true) });
    const box = el("div", { class: "box", role: "alertdialog", "aria-modal": "true", "aria-labelledby": "ask", "aria-describedby": "ask-text" },
      el("h3", { id: "ask", text: title }), el("p", { id: "ask-text", text }), el("div", { class: "answers" }, cancel, accept));
    const sheet = el("div", { class: "sheet", onkeydown: (event) => keepInside(event, [cancel, accept], answer(false)) }, box);
    frame.append(sheet);
    cancel.focus();
  });
}

function keepInside(event, buttons, giveUp) {
  if (event.key === "Escape") {
    event.stopPropagation();
    giveUp();
  } else if (event.key === "Tab") {
    event.preventDefault();
    event.stopPropagation();
    buttons.find((button) => !button.matches(":focus")).focus();
  }
}
