// Waiting, politely.

/** How long things take, in seconds. */
export const SECONDS = {
  request: 20,
  streamSilence: 20,
  streamStable: 16,
  pollOpen: 3,
  pollClosed: 12,
  hiddenGrace: 30,
  typing: 30,
  backoffCap: 60,
};

/**
 * Exponential back-off with jitter, in seconds: the nth wait lies between half of 2^n and 2^n, up to the cap.
 * @param {number} attempt failures so far, from 0
 */
export function backoff(attempt) {
  return Math.min(SECONDS.backoffCap, 2 ** Math.min(attempt, 10)) * (0.5 + Math.random() / 2);
}

/** A pause that can be cut short. */
export class Pause {
  /** Resolve after `seconds`, or as soon as `end` is called. */
  wait(seconds) {
    this.end();
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, seconds * 1000);
      this.finish = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  /** Stop waiting now. */
  end() {
    this.finish?.();
    this.finish = undefined;
  }
}
