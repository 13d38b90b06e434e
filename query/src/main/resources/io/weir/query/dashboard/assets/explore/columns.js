/**
 * Converts the API's series to uPlot's columns. A window is drawn as a step over its whole length. There is a gap
 * between windows that are not adjacent, and between readings far apart: null in all of it, while undefined only means
 * that another series has a point at that time.
 */

const FAR = 6;

/**
 * The points of one series: [time, item or null] in order of time, null at the start of a gap. A window that starts
 * before the span is moved to its start, otherwise the scale would exclude it.
 */
export function points(series, from) {
  return series.windows ? ofWindows(series.windows, from) : ofReadings(series.readings);
}

/**
 * @param pointsOfSeries the points of each series
 * @param fields the fields of an item, in order
 * @returns the times, and a column for each series and field
 */
export function columns(pointsOfSeries, fields) {
  const times = [...new Set(pointsOfSeries.flatMap((list) => list.map(([time]) => time)))].sort((a, b) => a - b);
  const index = new Map(times.map((time, i) => [time, i]));
  const filled = pointsOfSeries.flatMap((list) => fields.map((field) => {
    const column = new Array(times.length);
    list.forEach(([time, item], i) => {
      const next = i + 1 < list.length ? index.get(list[i + 1][0]) : times.length;
      if (item === null) {
        column.fill(null, index.get(time), next);
      } else {
        column[index.get(time)] = item[field] ?? null;
      }
    });
    return column;
  }));
  return [times, ...filled];
}

/** The item at a time: the window that contains it, or the nearest reading. */
export function itemAt(series, time) {
  const items = series.windows ?? series.readings;
  const begin = (item) => Date.parse(item.start ?? item.time);
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (begin(items[middle]) <= time) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  const before = items[low - 1];
  if (series.windows) {
    return before && time < Date.parse(before.end) ? before : null;
  }
  const after = items[low];
  return !before || (after && begin(after) - time < time - begin(before)) ? after ?? null : before;
}

/** The gaps of a series as [from, to], including those before its first and after its last item. */
export function gaps(list, from, to) {
  const found = [];
  let since = from;
  for (const [time, item] of list) {
    if (item !== null && since !== null) {
      if (time > since) {
        found.push([since, time]);
      }
      since = null;
    } else if (item === null) {
      since = time;
    }
  }
  return since !== null && since < to ? [...found, [since, to]] : found;
}

function ofWindows(windows, from) {
  return windows.flatMap((window, i) => {
    const start = Math.max(from, Date.parse(window.start));
    const end = Date.parse(window.end);
    const goesOn = i + 1 < windows.length && Date.parse(windows[i + 1].start) <= end;
    return goesOn ? [[start, window]] : [[start, window], [end - 1, window], [end, null]];
  });
}

function ofReadings(readings) {
  const times = readings.map(({ time }) => Date.parse(time));
  const usual = median(times.slice(1).map((time, i) => time - times[i]));
  return readings.flatMap((reading, i) => {
    const isLast = i + 1 === readings.length;
    const isFar = isLast || times[i + 1] - times[i] > FAR * usual;
    return isFar ? [[times[i], reading], [times[i] + Math.max(1, usual), null]] : [[times[i], reading]];
  });
}

function median(numbers) {
  return numbers.sort((a, b) => a - b)[numbers.length >> 1] ?? 1;
}
