/** Asks the API for what Explore shows. */
import { address, get } from '../api/client.js';
import { isLive } from './state.js';

const MOST_POINTS = 10_000;
const LEAST_POINTS = 1000;
const DRAWN = 'mean,min,max,p50,p95,p99';
const DAY = 86_400_000;

/** No window is longer, on whatever calendar. */
const LONGEST = { hour: 2 * DAY / 24, day: 1.5 * DAY, month: 32 * DAY };

/** The windows or readings of the state's span, as fine as can be drawn, and one summary of the span for each series. */
export async function ask(state, signal) {
  const selection = selected(state);
  const answer = await get('/rollups', { ...selection, from: state.from, to: state.to, ...fineness(state), functions: DRAWN }, signal);
  const span = { from: answer.from, to: answer.to };
  const [series, summaries] = await Promise.all([withFirstWindows(answer, selection, signal), summarised(selection, span, signal)]);
  return { ...answer, series, summaries };
}

/** The address of all that is shown, as CSV. */
export function csvAddress(state, answer) {
  return address('/rollups', {
    ...selected(state), from: answer.from, to: answer.to, resolution: answer.resolution, maxPoints: MOST_POINTS, format: 'csv',
  });
}

/** What the stream is asked for: to tell when the newest windows change, which they do whenever there are new readings. */
export function streamSelection(state, { resolution }) {
  return isLive(state) && { ...selected(state), resolution: resolution === 'raw' ? 'hour' : resolution, functions: 'count' };
}

const selected = ({ by, ids, metrics }) => ({ [by]: ids, metric: metrics });

/** Single readings for as long as a chart can draw them all: the next resolution is an hour, and there is nothing between. */
function fineness({ ids, metrics, resolution }) {
  const share = Math.max(LEAST_POINTS, Math.floor(MOST_POINTS / (ids.length * metrics.length)));
  return { resolution, maxPoints: resolution === 'auto' ? share : MOST_POINTS };
}

/** The API gives windows that start in a span. Those that have started before and reach into it are shown as well. */
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

/** A span whose edges are not held any more has no summary; its windows are shown nevertheless. */
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
