import { mark } from '../condition/banner.js';
import { h } from '../ui/element.js';
import { ago, duration, value } from '../ui/numbers.js';

const SHOWN_METRICS = 3;
const MARKS = { online: 'up', late: 'stale', silent: 'down', unknown: 'unknown' };

/** A page of devices. Ages are counted from the time as of which the states are judged. */
export function table({ devices, asOf }) {
  const now = asOf === null ? Date.now() : Date.parse(asOf);
  return h('div', { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': 'Table of devices' }, h('table', { class: 'devices' },
    h('thead', {}, h('tr', {}, ['Device', 'State', 'Last seen', 'Usually every', 'Newest readings', 'Groups'].map((name) =>
      h('th', { scope: 'col' }, name)))),
    h('tbody', {}, devices.map((device) => row(device, now)))));
}

function row(device, now) {
  return h('tr', {},
    h('th', { scope: 'row' }, h('a', { href: exploring(device) }, device.device)),
    h('td', { class: MARKS[device.state] }, mark(MARKS[device.state]), device.state),
    h('td', { class: 'digits', title: device.lastSeen }, device.lastSeen === null ? 'no reading is kept' : ago(device.lastSeen, now)),
    h('td', { class: 'digits' }, device.usualIntervalSeconds === null ? '–' : duration(1000 * device.usualIntervalSeconds)),
    h('td', {}, newest(device)),
    h('td', { class: 'soft' }, device.groups.join(', ')));
}

function newest({ metrics, moreMetrics }) {
  const shown = metrics.slice(0, SHOWN_METRICS);
  const left = metrics.length - shown.length;
  return h('ul', { class: 'newest' }, shown.map((one) =>
    h('li', { title: one.time }, h('span', { class: 'soft' }, `${one.metric} `), value(one.value))),
  (left > 0 || moreMetrics) && h('li', { class: 'soft' }, moreMetrics ? 'and more' : `and ${left} more`));
}

/** The chart of the device around its newest reading. */
function exploring({ device, metrics, lastSeen }) {
  const query = new URLSearchParams({ device });
  if (metrics.length > 0) {
    query.set('metric', metrics[0].metric);
  }
  if (lastSeen !== null && Date.parse(lastSeen) < Date.now() - DAY) {
    query.set('from', new Date(Date.parse(lastSeen) - DAY).toISOString());
    query.set('to', new Date(Date.parse(lastSeen) + 1000).toISOString());
  }
  return `#/explore?${query}`;
}

const DAY = 86_400_000;
