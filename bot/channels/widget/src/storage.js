// Values kept in the browser, for one Teorema server.

/** JSON values in a web storage area; in memory only where the browser forbids storage. */
export class Store {
  /**
   * @param {"localStorage"|"sessionStorage"} area
   * @param {string} origin the address of the server: two servers on one page never see each other's values
   */
  constructor(area, origin) {
    this.prefix = `teorema:${origin}:`;
    this.memory = new Map();
    this.area = usable(area);
  }

  /** The value of a key, or `undefined`. */
  get(key) {
    const raw = this.area ? this.area.getItem(this.prefix + key) : this.memory.get(key);
    try {
      return raw ? JSON.parse(raw) : undefined;
    } catch {
      return undefined;
    }
  }

  /** Keep a value; `undefined` forgets it. A full storage keeps it for this page only. */
  set(key, value) {
    const raw = value === undefined ? undefined : JSON.stringify(value);
    try {
      if (!this.area) this.memory.set(key, raw);
      else if (raw === undefined) this.area.removeItem(this.prefix + key);
      else this.area.setItem(this.prefix + key, raw);
    } catch {
      this.area = null;
      this.memory.set(key, raw);
    }
  }

  /** Call `listener(key)` when another tab changes one of our values. */
  onChangeElsewhere(listener) {
    addEventListener("storage", (event) => {
      if (event.key?.startsWith(this.prefix)) listener(event.key.slice(this.prefix.length));
    });
  }
}

/** The area, or null where reading it is forbidden (a sandboxed frame, a strict privacy setting). */
function usable(area) {
  try {
    window[area].getItem("teorema");
    return window[area];
  } catch {
    return null;
  }
}
