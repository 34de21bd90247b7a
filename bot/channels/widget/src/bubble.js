// One message on the screen.

import { el, hiddenText } from "./dom.js";
import { linkified, webAddress } from "./linkify.js";

/** @typedef {import("./conversation.js").Message} Message */

/**
 * @typedef {Object} BubbleContext
 * @property {import("./texts.js").Translate} t
 * @property {string} locale
 * @property {URL} base
 * @property {(id: string) => void} onRetry
 * @property {(id: string) => void} onEdit
 */

/**
 * @typedef {Object} Place
 * @property {boolean} first of the messages that one author wrote in a row
 * @property {boolean} last of them
 * @property {boolean} newest of all the customer's messages: the one whose arrival is confirmed
 */

/**
 * A message with its author and picture; `dressRow` adds what changes later.
 * @param {Message} message
 * @param {Place} place
 * @param {BubbleContext} context
 */
export function messageRow(message, place, context) {
  const row = el("div", { "data-id": message.id }, byline(message, place, context), bubble(message, context));
  if (!message.restored) row.dataset.fresh = "";
  return row;
}

/** Shape the row for its place and show the time and the status of its message. */
export function dressRow(row, message, place, context) {
  row.className = `row ${message.author}${place.first ? " first" : ""}${place.last ? " last" : ""}`;
  row.querySelector(".foot")?.remove();
  const mine = message.author === "customer";
  const footer = mine ? customerFooter(message, place, context) : place.last && timeOf(message, context);
  if (footer) row.append(el("div", { class: "foot" }, footer));
}

/** Who speaks: visible when an operator begins, always there for assistive technology. */
function byline(message, { first }, { t }) {
  const name = authorName(message, t);
  return first && message.author === "operator" ? el("p", { class: "name", text: name }) : hiddenText(`${name}: `);
}

/** The name to show for the author of a message. */
export function authorName(message, t) {
  if (message.author === "customer") return t("author_customer");
  if (message.author === "bot") return t("author_bot");
  return message.meta?.name || t("author_operator");
}

function bubble(message, { t, locale, base }) {
  const box = el("div", { class: "bubble", title: exactTime(message.at, locale) });
  const address = webAddress(message.image, base);
  if (address) box.append(picture(address, message, t));
  if (message.text) box.append(el("p", { class: "text", dir: "auto" }, linkified(message.text)));
  return box;
}

function picture(address, message, t) {
  const alt = message.meta?.alt || message.text || t("image_alt", { name: authorName(message, t) });
  const image = el("img", { src: address, alt, loading: "lazy", referrerpolicy: "no-referrer" });
  return el("a", { class: "picture", href: address, target: "_blank", rel: "noopener noreferrer" }, image);
}

function timeOf(message, { locale }) {
  const short = new Intl.DateTimeFormat(locale, { hour: "2-digit", minute: "2-digit" }).format(new Date(message.at));
  return el("time", { datetime: message.at, title: exactTime(message.at, locale), text: short });
}

function customerFooter(message, { last, newest }, context) {
  const status = message.seq ? "sent" : message.status;
  if (status === "waiting") return waitingNote(message, context);
  if (status === "failed") return failedNote(message, context);
  if (!last) return null;
  return newest ? el("span", {}, timeOf(message, context), ` · ${context.t(`status_${status}`)}`) : timeOf(message, context);
}

function waitingNote(message, { t, onRetry }) {
  const retry = el("button", { type: "button", class: "inline", text: t("retry"), onclick: () => onRetry(message.id) });
  return el("span", { class: "status waiting" }, `${t("status_waiting")} `, retry);
}

function failedNote(message, { t, onEdit }) {
  const edit = el("button", { type: "button", class: "inline", text: t("edit"), onclick: () => onEdit(message.id) });
  return el("span", { class: "status failed" }, `${message.problem || t("status_failed")} `, edit);
}

/** Day and hour in full, in the reader's own time zone. */
export function exactTime(at, locale) {
  return new Intl.DateTimeFormat(locale, { dateStyle: "full", timeStyle: "short" }).format(new Date(at));
}

/** "Today", "yesterday" or the date. */
export function dayName(at, { t, locale }) {
  const days = Math.round((startOfDay(new Date()) - startOfDay(new Date(at))) / 86_400_000);
  if (days === 0) return t("today");
  if (days === 1) return t("yesterday");
  return new Intl.DateTimeFormat(locale, { weekday: "long", day: "numeric", month: "long" }).format(new Date(at));
}

function startOfDay(date) {
  return new Date(date.getFullYear(), date.getMonth(), date.getDate());
}
