/** Loads the data of Explore from the API. */
import { address, get } from '../api/client.js';
import { LONGEST, STREAMED } from './resolutions.js';
import { isLive } from './state.js';

const MOST_POINTS = 10_000;
const LEAST_POINTS = 1000;
const DRAWN = 'mean,min,max,p50,p95,p99';

/**
 * The windows or readings of the span at the finest resolution that can be drawn, and a summary of the span for each
 * series.
 */
export async function ask(state, signal) {
  const selection = selected(state);
  const answer = await get('/rollups', { ...selection, from: state.from, to: state.to, ...fineness(state), functions: DRAWN }, signal);
  const span = { from: answer.from, to: answer.to };
  const [series, summaries] = await Promise.all([withFirstWindows(answer, selection, signal), summarised(selection, span, signal)]);
  return { ...answer, series, summaries };
}

/** The URL of the displayed data as CSV. */
export function csvAddress(state, answer) {
  return address('/rollups', {
    ...selected(state), from: answer.from, to: answer.to, resolution: answer.resolution, maxPoints: MOST_POINTS, format: 'csv',
  });
}

/** The parameters of the stream, which reports changes of the newest windows: they change with each new reading. */
export function streamSelection(state, { resolution }) {
  return isLive(state) && { ...selected(state), resolution: STREAMED[resolution], functions: 'count' };
}

const selected = ({ by, ids, metrics }) => ({ [by]: ids, metric: metrics });

/** Raw readings up to the number that a chart can draw. */
function fineness({ ids, metrics, resolution }) {
  const share = Math.max(LEAST_POINTS, Math.floor(MOST_POINTS / (ids.length * metrics.length)));
  return { resolution, maxPoints: resolution === 'auto' ? share : MOST_POINTS };
}

/** The API returns windows that start in a span. Windows that start before it and overlap it are shown as well. */
async function withFirstWindows({ resolution, from, series }, selection, signal) {
  if (resolution === 'raw') {
    return series;
  }
  const span = { from: new Date(Date.parse(from) - LONGEST[resolution]).toISOString(), to: from };
  const before = await get('/rollups', { ...selection, ...span, resolution, functions: DRAWN }, signal);
  return series.map((each, i) => ({
    ...each, windows: [...before.series[i].windows.filter(({ end }) => Date.parse(end) > Date.parse(from)), ...each.windows],
  }));
}

/** A span with expired readings at its edges has no summary; its windows are still shown. */
async function summarised(selection, span, signal) {
  try {
    return (await get('/summary', { ...selection, ...span }, signal)).summaries;
  } catch (error) {
    if (error.name === 'AbortError') {
      throw error;
    }
    return [];
  }
}
