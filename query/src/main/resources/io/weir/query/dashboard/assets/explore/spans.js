/** Zooms and pans spans of time. Times are in milliseconds. */

const SHORTEST = 200;
const LONGEST = 50 * 366 * 86_400_000;

export const PRESETS = [
  ['-15m', '15 min'], ['-1h', '1 h'], ['-6h', '6 h'], ['-24h', '24 h'], ['-7d', '7 d'], ['-30d', '30 d'], ['-365d', '1 y'],
];

/** The span scaled by a factor: 0.5 is half as long. `centre` keeps its relative position. */
export function zoomed({ from, to }, factor, centre = (from + to) / 2) {
  const length = Math.min(LONGEST, Math.max(SHORTEST, (to - from) * factor));
  const begin = centre - (length * (centre - from)) / (to - from);
  return rounded(begin, begin + length);
}

/** The span moved by a share of its length. */
export const moved = ({ from, to }, share) => rounded(from + (to - from) * share, to + (to - from) * share);

export const rounded = (from, to) => ({ from: Math.round(from), to: Math.max(Math.round(from) + 1, Math.round(to)) });

/** The form for the address and the API. */
export const written = ({ from, to }) => ({ from: new Date(from).toISOString(), to: new Date(to).toISOString() });
