/** Keeps the results up to date. */
import { follow } from '../api/stream.js';
import { streamSelection } from './answers.js';

const LEAST_PAUSE = 1500;
const SHARE = 5;

/**
 * Loads once and, if the span is relative to now, again whenever the server reports a changed window; loading takes at
 * most a fifth of the time.
 *
 * @param view {refresh(), which loads and resolves to the response; connected(is)}
 */
export async function keepUp(state, { refresh, connected }, signal) {
  const answer = await refresh();
  const selection = streamSelection(state, answer);
  if (!selection) {
    connected(null);
    return;
  }
  let pause = LEAST_PAUSE;
  let waiting = null;
  signal.addEventListener('abort', () => clearTimeout(waiting));
  follow(selection, { rollup: () => { waiting ??= setTimeout(again, pause); }, connected }, signal);

  async function again() {
    const begun = performance.now();
    try {
      await refresh();
    } catch {
      // Keeps the current results; the stream reports when it is connected again.
    }
    pause = Math.max(LEAST_PAUSE, SHARE * (performance.now() - begun));
    waiting = null;
  }
}
