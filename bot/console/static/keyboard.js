// J and K walk the lines, / goes to the search, U goes back; Enter is the browser's own. Can be switched off, because
// single letters get in the way of speech input.

const STORED_AS = "teorema-shortcuts";

const lines = () => [...document.querySelectorAll("[data-line]")];

function walk(step) {
  const all = lines();
  if (!all.length) return;
  const here = all.indexOf(document.activeElement?.closest("[data-line]"));
  const there = here < 0 ? (step > 0 ? 0 : all.length - 1) : Math.min(all.length - 1, Math.max(0, here + step));
  all[there].focus();
  all[there].scrollIntoView({ block: "nearest" });
}

function search() {
  const field = document.querySelector("[data-search]");
  field?.focus();
  field?.select();
  return Boolean(field);
}

function back() {
  const link = document.querySelector("[data-back]");
  link?.click();
  return Boolean(link);
}

const ACTIONS = { j: () => walk(1), k: () => walk(-1), "/": search, u: back };

const isTyping = (target) => target.isContentEditable || ["INPUT", "TEXTAREA", "SELECT"].includes(target.tagName);

class Shortcuts {
  #footer;
  #button;

  constructor(footer) {
    this.#footer = footer;
    this.#button = footer.querySelector("button");
  }

  start() {
    this.#footer.hidden = false;
    this.#button.addEventListener("click", () => this.#set(!this.#on));
    this.#set(localStorage.getItem(STORED_AS) !== "off");
    document.addEventListener("keydown", (event) => this.#press(event));
  }

  get #on() {
    return this.#button.getAttribute("aria-pressed") === "true";
  }

  #set(on) {
    localStorage.setItem(STORED_AS, on ? "on" : "off");
    this.#button.setAttribute("aria-pressed", String(on));
    this.#button.textContent = on ? this.#footer.dataset.on : this.#footer.dataset.off;
  }

  #press(event) {
    if (event.key === "Escape" && isTyping(event.target)) return event.target.blur();
    if (!this.#on || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
    const action = ACTIONS[event.key.toLowerCase()];
    if (action && action() !== false) event.preventDefault();
  }
}

const footer = document.querySelector("[data-keys]");
if (footer) new Shortcuts(footer).start();
