/** Asks the API for what Explore shows. */
import { address, get } from '../api/client.js';
import { isLive } from './state.js';

const MOST_POINTS = 10_000;
const LEAST_POINTS = 1000;
const DRAWN = ['mean', 'min', 'max', 'p50', 'p95', 'p99'];

/** The windows or readings of the state's span, as fine as can be drawn, and one summary of the span for each series. */
export async function ask(state, signal) {
  const selection = selected(state);
  const span = { from: state.from, to: state.to };
  const rollups = await get('/rollups', { ...selection, ...span, ...fineness(state), functions: DRAWN.join() }, signal);
  const settled = { from: rollups.from, to: rollups.to };
  return { ...rollups, summaries: await summaries(selection, settled, signal) };
}

/** The address of all that is shown, as CSV. */
export function csvAddress(state, answer) {
  return address('/rollups', {
    ...selected(state), from: answer.from, to: answer.to, resolution: answer.resolution, maxPoints: MOST_POINTS, format: 'csv',
  });
}

/** What the stream is asked for: it tells of windows, which change whenever there are new readings. */
export function streamSelection(state, answer) {
  return isLive(state) && { ...selected(state), resolution: answer.resolution === 'raw' ? 'hour' : answer.resolution };
}

const selected = ({ by, ids, metrics }) => ({ [by]: ids, metric: metrics });

/** Single readings for as long as a chart can draw them all: the next resolution is an hour, and there is nothing between. */
function fineness({ ids, metrics, resolution }) {
  const series = ids.length * metrics.length;
  return { resolution, maxPoints: Math.max(LEAST_POINTS, Math.floor(MOST_POINTS / series)) };
}

/** A span whose edges are not held any more has no summary; its windows are shown nevertheless. */
async function summaries(selection, span, signal) {
  try {
    return (await get('/summary', { ...selection, ...span }, signal)).summaries;
  } catch (error) {
    if (error.name === 'AbortError') {
      throw error;
    }
    return [];
  }
}
