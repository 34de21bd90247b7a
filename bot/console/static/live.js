// Keeps the parts of a page fresh: asks the server every few seconds, replaces only what has changed and never what
// somebody is selecting, and tells screen readers when the number of people waiting changes.

const EVERY_MS = 5000;
const SLOWEST_MS = 60000;

/** The id of the focused element, if it lies inside this part. */
function focusedIn(part) {
  return part.contains(document.activeElement) ? document.activeElement.id : "";
}

function isBeingSelected(part) {
  const selection = document.getSelection();
  return selection !== null && !selection.isCollapsed && part.contains(selection.anchorNode);
}

/** Put new markup (escaped by the server) into a part; focus and opened details stay as they are. */
function replace(part, html) {
  const focused = focusedIn(part);
  const opened = [...part.querySelectorAll("details[open][id]")].map((element) => element.id);
  part.replaceChildren(...new DOMParser().parseFromString(html, "text/html").body.childNodes);
  for (const id of opened) document.getElementById(id)?.setAttribute("open", "");
  if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
}

function isAtEnd() {
  const page = document.scrollingElement;
  return page.scrollHeight - page.scrollTop - page.clientHeight < 80;
}

class LivePage {
  #root;
  #shown = new Map();
  #waiting = null;
  #pause = EVERY_MS;

  constructor(root) {
    this.#root = root;
  }

  start() {
    this.#schedule();
    document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && this.#refresh());
  }

  #schedule() {
    setTimeout(() => this.#refresh().finally(() => this.#schedule()), this.#pause);
  }

  async #refresh() {
    if (document.visibilityState !== "visible") return;
    try {
      const answer = await fetch(this.#root.dataset.live, { headers: { Accept: "application/json" } });
      if (answer.status === 401 || answer.status === 404) return location.reload();
      if (!answer.ok) throw new Error(`answer ${answer.status}`);
      this.#show(await answer.json());
      this.#pause = EVERY_MS;
    } catch {
      this.#pause = Math.min(SLOWEST_MS, this.#pause * 2);
    }
  }

  #show({ parts, waiting, announcement }) {
    const stick = this.#root.querySelector("[data-stick]") && isAtEnd();
    for (const [name, html] of Object.entries(parts)) this.#showPart(name, html);
    if (stick) document.scrollingElement.scrollTop = document.scrollingElement.scrollHeight;
    if (waiting !== undefined) this.#tell(waiting, announcement);
  }

  #showPart(name, html) {
    const part = this.#root.querySelector(`[data-part="${name}"]`);
    if (!part || this.#shown.get(name) === html || isBeingSelected(part)) return;
    replace(part, html);
    this.#shown.set(name, html);
  }

  #tell(waiting, announcement) {
    document.title = document.title.replace(/^\(\d+\+?\) /, "");
    if (waiting) document.title = `(${waiting > 999 ? "999+" : waiting}) ${document.title}`;
    const changed = this.#waiting !== null && this.#waiting !== waiting;
    this.#waiting = waiting;
    if (changed) this.#root.querySelector("[data-announcement]").textContent = announcement;
  }
}

const root = document.querySelector("[data-live]");
if (root) new LivePage(root).start();
