/** Keeps what is shown up to date. */
import { follow } from '../api/stream.js';
import { streamSelection } from './answers.js';

const LEAST_PAUSE = 1500;
const SHARE = 5;

/**
 * Loads once and, if the state moves with the clock, again whenever the server says that a window has changed; as often as
 * loading takes a fifth of the time at most.
 *
 * @param view {refresh(), which loads and resolves to the answer; connected(is)}
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
      // What is shown stays; the stream says when there is a connection again.
    }
    pause = Math.max(LEAST_PAUSE, SHARE * (performance.now() - begun));
    waiting = null;
  }
}
