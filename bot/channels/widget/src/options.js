// What the site's owner chose, read from the attributes of the script element.

/**
 * @typedef {Object} Options
 * @property {URL} base the folder that the script came from
 * @property {string} brand `data-brand`: the name in the header
 * @property {string|undefined} color `data-color`: any CSS colour
 * @property {"left"|"right"} position `data-position`
 * @property {string|undefined} locale `data-locale`
 * @property {boolean} open `data-open`: open as soon as the page is ready
 * @property {"auto"|"light"|"dark"} theme `data-theme`
 * @property {string} privacy `data-privacy`: the address of the privacy page
 */

/**
 * @param {HTMLScriptElement} script
 * @returns {Options}
 */
export function optionsOf(script) {
  const { brand, color, position, locale, open, theme, privacy } = script.dataset;
  const base = new URL(".", script.src);
  return {
    base, color, locale,
    brand: brand || document.title.split(/\s[|–—-]\s/)[0] || location.hostname,
    position: position === "left" ? "left" : "right",
    open: open !== undefined && open !== "false",
    theme: theme === "light" || theme === "dark" ? theme : "auto",
    privacy: new URL(privacy || "privacy.html", privacy ? document.baseURI : base).href,
  };
}
