import { h } from '../ui/element.js';
import { count, value } from '../ui/numbers.js';
import { moment } from '../ui/times.js';

const SHOWN = ['mean', 'min', 'max', 'p50', 'p95', 'p99'];
const MOST_ROWS = 500;

/** The data of a metric's chart as a table: the first rows of each series. */
export function table(metric, model) {
  const rows = model.series.flatMap((series) => (series.windows ?? series.readings).map((item) => ({ series, item })));
  const cells = model.isRaw ? readingCells : windowCells;
  const columns = model.isRaw ? ['Time', 'Value'] : ['Start', 'End', 'Count', ...SHOWN, ''];
  const caption = rows.length > MOST_ROWS
    ? `The first ${count(MOST_ROWS)} of ${count(rows.length)} rows; the CSV file has all of them. Times in ${model.zone}.`
    : `${count(rows.length)} rows. Times in ${model.zone}.`;
  return h('section', { class: 'panel', 'aria-label': metric },
    h('header', {}, h('h2', {}, metric)),
    h('div', { class: 'scroll tall', tabindex: '0', role: 'region', 'aria-label': `Table of ${metric}` }, h('table', {},
      h('caption', {}, caption),
      h('thead', {}, h('tr', {}, h('th', { scope: 'col' }, model.by === 'group' ? 'Group' : 'Device'),
        columns.map((name) => (name ? h('th', { scope: 'col', class: 'number' }, name) : h('td'))))),
      h('tbody', {}, rows.slice(0, MOST_ROWS).map(({ series, item }) =>
        h('tr', {}, h('th', { scope: 'row' }, series.name), cells(item, model.zone)))))));
}

function readingCells({ time, value: measured }, zone) {
  return [number(moment(Date.parse(time), zone)), number(value(measured))];
}

function windowCells(window, zone) {
  return [
    number(moment(Date.parse(window.start), zone)),
    number(moment(Date.parse(window.end), zone)),
    number(count(window.count)),
    SHOWN.map((name) => number(value(window[name]))),
    h('td', { class: 'warn small' }, window.provisional && 'provisional'),
  ];
}

const number = (text) => h('td', { class: 'number' }, text);
