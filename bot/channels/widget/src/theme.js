// Light or dark, and the site's colour made readable in both.

const DARK_SURFACE = [27, 28, 33];
const WHITE = [255, 255, 255];
const INK = [0, 0, 0]; // pure black: whatever the colour, white or black on it reaches 4.5
const VISIBLE = 3; // WCAG 2.2, 1.4.11: contrast of the parts that make a control recognisable

/**
 * Keep `data-theme` and the accent colours of the root up to date.
 * @param {HTMLElement} root
 * @param {import("./options.js").Options} options
 */
export function applyTheme(root, { theme, color }) {
  const system = matchMedia("(prefers-color-scheme: dark)");
  const paint = () => {
    const dark = theme === "auto" ? system.matches : theme === "dark";
    root.dataset.theme = dark ? "dark" : "light";
    const accent = color && components(root, color);
    if (accent) paintAccent(root, dark ? lightenUntilVisible(accent) : accent);
  };
  system.addEventListener("change", paint);
  paint();
}

function paintAccent(root, accent) {
  const ink = contrast(accent, WHITE) >= contrast(accent, INK) ? WHITE : INK;
  root.style.setProperty("--accent", `rgb(${accent.join(" ")})`);
  root.style.setProperty("--on-accent", `rgb(${ink.join(" ")})`);
}

function lightenUntilVisible(accent) {
  let tint = accent;
  while (contrast(tint, DARK_SURFACE) < VISIBLE) tint = tint.map((part) => Math.ceil(part + (255 - part) * 0.1));
  return tint;
}

/** Red, green and blue (0-255) of any CSS colour, or `undefined` when the browser does not know it. */
function components(root, color) {
  root.style.color = "";
  root.style.color = color;
  const parts = root.style.color && getComputedStyle(root).color.match(/^rgba?\((\d+), (\d+), (\d+)/);
  root.style.color = "";
  return parts ? parts.slice(1, 4).map(Number) : undefined;
}

/** Contrast ratio, 1-21 (WCAG 2.2, "contrast ratio"). */
function contrast(one, other) {
  const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

function luminance(color) {
  const [red, green, blue] = color.map((part) => {
    const share = part / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
