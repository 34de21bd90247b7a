// Text with clickable web addresses, built from nodes.

import { el } from "./dom.js";

const ADDRESS = /https?:\/\/[^\s<>"“”«»]+/gi;
const TRAILING = /[.,;:!?…'’)\]}]+$/;

/**
 * The text as nodes: plain text, with http(s) addresses as links.
 * @param {string} text anything a person or the bot wrote
 * @returns {DocumentFragment}
 */
export function linkified(text) {
  const fragment = document.createDocumentFragment();
  let done = 0;
  for (const match of text.matchAll(ADDRESS)) {
    const address = withoutTrailing(match[0]);
    fragment.append(text.slice(done, match.index), link(address));
    done = match.index + address.length;
  }
  fragment.append(text.slice(done));
  return fragment;
}

/** A full stop or a closing bracket after an address belongs to the sentence, unless the address opened the bracket. */
function withoutTrailing(address) {
  const tail = TRAILING.exec(address);
  if (!tail || (tail[0][0] === ")" && address.includes("("))) return address;
  return address.slice(0, tail.index);
}

function link(address) {
  const href = webAddress(address);
  return href ? el("a", { href, target: "_blank", rel: "noopener noreferrer", text: address }) : address;
}

/**
 * An address that is safe to load or to link, or `undefined`.
 * @param {string|undefined} address absolute or relative
 * @param {URL} [base] what a relative address starts from
 */
export function webAddress(address, base) {
  try {
    const url = new URL(address, base);
    return address && /^https?:$/.test(url.protocol) ? url.href : undefined;
  } catch {
    return undefined;
  }
}
