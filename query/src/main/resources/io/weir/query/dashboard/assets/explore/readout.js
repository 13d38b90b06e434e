import { h, region } from '../ui/element.js';
import { count, value } from '../ui/numbers.js';
import { moment } from '../ui/times.js';
import { itemAt } from './columns.js';
import { look } from './look.js';

const SHOWN = ['mean', 'min', 'max', 'p50', 'p95', 'p99'];

/** The values of each series at a time or over the whole span; also the chart's legend. */
export function readout(metric) {
  const body = region(h('div', { class: 'scroll readout', tabindex: '0', role: 'region', 'aria-label': `Values of ${metric}` }), render);
  return { element: body.element, show: body.show };
}

/** Describes the values at a time for screen readers. */
export function spoken(model, time) {
  const each = model.series.map((series) => {
    const item = itemAt(series, time);
    const numbers = item && (model.isRaw ? value(item.value) : `mean ${value(item.mean)}, from ${value(item.min)} to ${value(item.max)}`);
    return `${series.name}: ${numbers ?? 'nothing'}`;
  });
  return `${moment(time, model.zone)}. ${each.join('. ')}`;
}

function render(model, time) {
  const columns = time !== null && model.isRaw ? ['value'] : SHOWN;
  return h('table', {},
    h('thead', {}, h('tr', {}, h('th', { scope: 'col' }, heading(model, time)),
      h('th', { scope: 'col', class: 'number' }, columns === SHOWN ? 'count' : 'time'),
      columns.map((name) => h('th', { scope: 'col', class: 'number' }, name)))),
    h('tbody', {}, model.series.map((series, i) => row(model, series, i, time, columns))));
}

function heading({ zone, isRaw, series }, time) {
  if (time === null) {
    return 'Whole span';
  }
  const window = !isRaw && series.map((each) => itemAt(each, time)).find((item) => item);
  if (!window) {
    return moment(Math.round(time), zone);
  }
  return [moment(Date.parse(window.start), zone), ' to ', moment(Date.parse(window.end), zone).slice(11, 16),
    window.provisional && h('strong', { class: 'warn' }, ' provisional')];
}

function row(model, series, i, time, columns) {
  const item = time === null ? series.summary : itemAt(series, time);
  const first = columns === SHOWN ? count(item ? item.count : 0) : item ? moment(Date.parse(item.time), model.zone) : '–';
  return h('tr', {},
    h('th', { scope: 'row' }, swatch(i), series.name),
    h('td', { class: 'number' }, first),
    columns.map((name) => h('td', { class: 'number' }, value(item?.[name]))));
}

function swatch(i) {
  const { hue, dash } = look(i);
  return h('i', { class: `swatch${dash ? ' dashed' : ''}`, 'aria-hidden': 'true', vars: { '--hue': `var(--series-${hue})` } });
}
