const KEPT = 300_000;
const SMOOTHED_OVER = 10_000;
const LEAST = 2000;

/**
 * Computes readings per second from a total that grows in steps, because the ledger is written at the end of a batch.
 */
export class RateMeter {
  #totals = [];
  #rates = [];

  add(total, now = Date.now()) {
    this.#totals.push({ time: now, total });
    while (this.#totals.length > 2 && this.#totals[1].time <= now - SMOOTHED_OVER) {
      this.#totals.shift();
    }
    if (now - this.#totals[0].time >= LEAST) {
      this.#rates.push({ time: now, rate: this.#rateNow() });
    }
    while (this.#rates[0]?.time < now - KEPT) {
      this.#rates.shift();
    }
  }

  /** Ends the measurement while the total is not known; the next sample begins a new one. */
  pause() {
    if (this.#totals.length > 0) {
      this.#totals = [];
      this.#rates.push({ time: Date.now(), rate: null });
    }
  }

  /** The rate over the last ten seconds; null while the total is not known, and before there are two samples. */
  get latest() {
    return this.#rates.at(-1)?.rate ?? null;
  }

  /** The rates of the last five minutes. */
  get history() {
    return this.#rates;
  }

  #rateNow() {
    const first = this.#totals[0];
    const last = this.#totals.at(-1);
    return Math.max(0, (last.total - first.total) / ((last.time - first.time) / 1000));
  }
}
