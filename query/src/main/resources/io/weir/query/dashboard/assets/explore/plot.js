/** The uPlot of one metric: its scales, axes and lines. */
import uPlot from '../uplot/uPlot.esm.js';
import { value } from '../ui/numbers.js';
import { wallDate } from '../ui/times.js';
import { columns } from './columns.js';
import { colour, look } from './look.js';
import { drawUnder } from './underlay.js';

const FONT = '11px Inter, system-ui, sans-serif';
const DASH_OF = { p50: [1, 0], p95: [6, 3], p99: [2, 3] };
const HEAD_OF_DAY = '\n{D} {MMM} {YYYY}';
const CLOCK = [HEAD_OF_DAY, null, '\n{D} {MMM}', null, null, null, 1];

/** The minimum distance of ticks, their label, and the addition at a new year, day or minute. */
const TIME_LABELS = [
  [31_536_000_000, '{YYYY}', null, null, null, null, null, null, 1],
  [2_419_200_000, '{MMM}', '\n{YYYY}', null, null, null, null, null, 1],
  [86_400_000, '{D} {MMM}', '\n{YYYY}', null, null, null, null, null, 1],
  [60_000, '{HH}:{mm}', ...CLOCK],
  [1000, '{HH}:{mm}:{ss}', ...CLOCK],
  [1, '{ss}.{fff}', '\n{D} {MMM} {YYYY} {HH}:{mm}', null, '\n{D} {MMM} {HH}:{mm}', null, '\n{HH}:{mm}', null, 1],
];

/** The drawn fields of each item of a series. */
export function fieldsOf(model) {
  if (model.isRaw) {
    return ['value'];
  }
  const band = model.show.includes('band') ? ['min', 'max'] : [];
  return ['mean', ...band, ...model.show.filter((each) => each in DASH_OF)];
}

export const dataOf = (model) => columns(model.points, fieldsOf(model));

/**
 * @param model the data to draw: from, to, zone, series, points, isRaw, show
 * @param live returns the current model, which may be newer than the plot
 */
export function plot(model, live, size, gestures, host) {
  const fields = fieldsOf(model);
  const axis = { stroke: colour('ink-soft'), font: FONT, grid: { stroke: colour('rule'), width: 1 }, ticks: { show: false } };
  const options = {
    ...size,
    ms: 1,
    padding: [10, 30, 0, 0], // the label of the last tick is half as wide
    legend: { show: false },
    tzDate: (time) => wallDate(time, live().zone),
    scales: { x: { time: true, range: () => [live().from, live().to] }, y: { range: padded } },
    axes: [
      { ...axis, values: TIME_LABELS, space: 70, size: 42 },
      { ...axis, values: (_, splits) => splits.map(value), size: widthOfLabels, gap: 8 },
    ],
    series: [{}, ...model.series.flatMap((_, i) => fields.map((field) => line(field, look(i), model)))],
    bands: fields.includes('min') ? model.series.map((_, i) => band(i, fields)) : [],
    cursor: {
      y: false,
      points: { show: false },
      drag: { x: true, y: false, setScale: false },
      sync: { key: 'explore', setSeries: false, scales: ['x', null] },
      bind: gestures.bind,
    },
    hooks: { drawClear: [(u) => drawUnder(u, live())], ...gestures.hooks },
  };
  return new uPlot(options, dataOf(model), host);
}

function line(field, { hue, dash }, { isRaw, series }) {
  const isBand = field === 'min' || field === 'max';
  const isMain = field === 'mean' || field === 'value';
  return {
    stroke: isBand ? colour(`series-${hue}`, 0.35) : colour(`series-${hue}`),
    width: isMain ? 1.75 : 1,
    dash: isMain ? dash : DASH_OF[field],
    paths: isRaw ? uPlot.paths.linear() : uPlot.paths.stepped({ align: 1 }),
    points: { show: isRaw && series.length === 1 ? undefined : false, size: 4 },
  };
}

function band(i, fields) {
  const first = 1 + i * fields.length;
  return { series: [first + fields.indexOf('max'), first + fields.indexOf('min')], fill: colour(`series-${look(i).hue}`, 0.13) };
}

function padded(u, low, high) {
  if (low === null || low === undefined) {
    return [0, 1];
  }
  const margin = high > low ? (high - low) * 0.08 : Math.abs(high) * 0.05 || 1;
  return [low - margin, high + margin];
}

function widthOfLabels(u, labels) {
  return 18 + 6.6 * Math.max(3, ...(labels ?? []).map((label) => label.length));
}
