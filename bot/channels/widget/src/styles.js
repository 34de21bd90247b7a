// The style sheet, put where no host page can reach it and no strict content policy forbids it.

// The server puts widget.css here when it serves the script.
const STYLES = __STYLES__;

/**
 * Style a shadow root: a constructed sheet, or a link to the same file in browsers that have none.
 * @param {ShadowRoot} shadow
 * @param {URL} base
 */
export function applyStyles(shadow, base) {
  try {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(STYLES);
    shadow.adoptedStyleSheets = [sheet];
  } catch {
    const link = document.createElement("link");
    link.rel = "stylesheet";
    link.href = new URL("widget.css", base);
    shadow.prepend(link);
  }
}
