/**
 * The readings of a group as windows. Its devices report at the same instant or between each other, so a line from one
 * reading to the next would be a zigzag.
 */

const LEAST = 1000;

/**
 * How long the windows of these readings are, in milliseconds: twice the usual time between two readings of one device, so
 * that a window is not empty because a reading came a little late.
 */
export function windowLength(readings) {
  const last = new Map();
  const gaps = [];
  for (const { device, time } of readings) {
    const now = Date.parse(time);
    if (last.has(device)) {
      gaps.push(now - last.get(device));
    }
    last.set(device, now);
  }
  const usual = gaps.sort((a, b) => a - b)[gaps.length >> 1] ?? LEAST;
  return Math.max(LEAST, Math.ceil(2 * usual / LEAST) * LEAST);
}

/**
 * @param readings in order of time
 * @param length of the windows, which begin at multiples of it
 * @returns windows that hold readings, as the API gives those of rollups
 */
export function windowsOf(readings, length) {
  const windows = [];
  let end = -Infinity;
  for (const { time, value } of readings) {
    const start = Math.floor(Date.parse(time) / length) * length;
    if (start >= end) {
      end = start + length;
      windows.push({ start: written(start), end: written(end), count: 0, mean: 0, min: value, max: value });
    }
    const window = windows.at(-1);
    window.count++;
    window.mean += (value - window.mean) / window.count;
    window.min = Math.min(window.min, value);
    window.max = Math.max(window.max, value);
  }
  return windows;
}

const written = (time) => new Date(time).toISOString();
