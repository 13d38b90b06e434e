import { h, region, svg } from '../ui/element.js';
import { rate, short } from '../ui/numbers.js';

const WIDTH = 300;
const HEIGHT = 72;

/** Readings per second now, and over the last five minutes. */
export function ratePanel() {
  const body = region(h('div', { class: 'panel-body rate' }), render);
  const element = h('section', { class: 'panel', 'aria-labelledby': 'rate-title' },
    h('header', {}, h('h2', { id: 'rate-title' }, 'Readings per second'), h('span', { class: 'soft small' }, 'over 10 s')),
    body.element);
  return { element, show: body.show };
}

function render(meter) {
  const peak = Math.max(0, ...meter.history.map((point) => point.rate ?? 0));
  return [
    h('p', { class: 'big-number digits' }, meter.latest === null ? '–' : rate(meter.latest)),
    h('div', { class: 'trace' }, trace(meter.history, Math.max(1, peak))),
    h('p', { class: 'trace-scale soft small' }, h('span', {}, '5 min ago'), h('span', {}, peak > 0 && `peak ${short(peak)}`), h('span', {}, 'now')),
  ];
}

function trace(history, top) {
  const end = history.at(-1)?.time ?? 0;
  const x = (time) => (WIDTH * (1 - (end - time) / 300_000)).toFixed(1);
  const y = (each) => (HEIGHT - 2 - (HEIGHT - 6) * (each / top)).toFixed(1);
  const lines = unbroken(history).map((points) => ({
    line: points.map((point) => `${x(point.time)} ${y(point.rate)}`).join('L'), from: x(points[0].time),
  }));
  return svg('svg', { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, preserveAspectRatio: 'none', 'aria-hidden': 'true' },
    [0.25, 0.5, 0.75, 1].map((part) => svg('path', { class: 'grid', d: `M0 ${y(top * part)}H${WIDTH}` })),
    svg('path', { class: 'base', d: `M0 ${y(0)}H${WIDTH}` }),
    lines.map(({ line, from }) => [
      svg('path', { class: 'area', d: `M${line}V${y(0)}H${from}Z` }), svg('path', { class: 'line', d: `M${line}` }),
    ]));
}

/** The stretches of at least two points in which the rate was known. */
function unbroken(history) {
  const stretches = [[]];
  for (const point of history) {
    if (point.rate === null) {
      stretches.push([]);
    } else {
      stretches.at(-1).push(point);
    }
  }
  return stretches.filter((points) => points.length > 1);
}
