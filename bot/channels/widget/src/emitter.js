// Named events between the parts of the widget and to the page.

export class Emitter {
  #listeners = new Map();

  /** Call `listener` at every `name`; returns a function that stops it. */
  on(name, listener) {
    const set = this.#listeners.get(name) ?? new Set();
    this.#listeners.set(name, set.add(listener));
    return () => set.delete(listener);
  }

  /** Tell every listener; one that fails is reported and does not stop the others. */
  emit(name, detail) {
    for (const listener of this.#listeners.get(name) ?? []) {
      try {
        listener(detail);
      } catch (error) {
        reportError(error);
      }
    }
  }
}
