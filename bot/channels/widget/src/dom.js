// Building nodes. Nothing here, or anywhere in the widget, ever parses text as HTML.

const SVG = "http://www.w3.org/2000/svg";

/**
 * Create an element.
 * @param {string} tag
 * @param {Object<string, unknown>} [props] attributes; `text` is the text content, `onclick` and the like are listeners;
 *   `undefined` and `false` are left out, `true` is an empty attribute
 * @param {...(Node|string|null|undefined)} children empty ones are skipped
 * @returns {HTMLElement}
 */
export function el(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) assign(node, name, value);
  node.append(...children.filter(Boolean));
  return node;
}

function assign(node, name, value) {
  if (value === undefined || value === false || value === null) return;
  if (name === "text") node.textContent = value;
  else if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
  else node.setAttribute(name, value === true ? "" : value);
}

/**
 * An icon drawn with strokes on a 24 x 24 grid, hidden from assistive technology.
 * @param {keyof typeof ICONS} name
 */
export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  svg.setAttribute("focusable", "false");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", ICONS[name]);
  svg.append(path);
  return svg;
}

const ICONS = {
  chat: "M4 11.5C4 7.4 7.6 4 12 4s8 3.4 8 7.5S16.4 19 12 19c-1 0-2-.2-2.9-.5L5 20l1-3.6A7.2 7.2 0 0 1 4 11.5Z",
  close: "M6 6l12 12M18 6L6 18",
  down: "M6 9.5l6 6 6-6",
  more: "M5.5 12h.01M12 12h.01M18.5 12h.01",
  send: "M12 19.5V5M5.5 11.5L12 5l6.5 6.5",
  fresh: "M12 5.5v13M5.5 12h13",
  shield: "M12 3.5l7 2.5v5.5c0 4.3-2.9 7.4-7 9-4.1-1.6-7-4.7-7-9V6l7-2.5Z",
};

/** Text for assistive technology only. */
export function hiddenText(text) {
  return el("span", { class: "sr", text });
}
