// Small screens: the window fills what the on-screen keyboard leaves free.

const SMALL = "(max-width: 520px), (max-height: 420px)"; // the same condition as in widget.css

/** Whether the open window covers the whole page. */
export function fillsScreen() {
  return matchMedia(SMALL).matches;
}

/**
 * Keep the height and the offset of the visible part of the page in two properties of `root`.
 * @param {HTMLElement} root
 */
export function followKeyboard(root) {
  const view = window.visualViewport;
  if (!view) return;
  const measure = () => {
    root.style.setProperty("--view-height", `${Math.round(view.height)}px`);
    root.style.setProperty("--view-top", `${Math.round(view.offsetTop)}px`);
  };
  view.addEventListener("resize", measure);
  view.addEventListener("scroll", measure);
  measure();
}
