import { h, region } from '../ui/element.js';
import { ago, count } from '../ui/numbers.js';

const STALE = 60_000;

/** Each source: how far it is behind the log's end, how fresh its newest reading is, when its ledger last moved. */
export function sourcesPanel() {
  const rows = region(h('tbody'), ({ sources }) => sources.map(row));
  const none = region(h('div'), ({ sources }) => sources.length === 0 && h('p', { class: 'panel-body soft' },
    'No source yet: one appears for each partition of the topic when the first record of it is read.'));
  const element = h('section', { class: 'panel sources', 'aria-labelledby': 'sources-title' },
    h('header', {}, h('h2', { id: 'sources-title' }, 'Sources'), h('span', { class: 'soft small' }, 'One for each partition of the log')),
    h('div', { class: 'scroll', tabindex: '0', role: 'region', 'aria-labelledby': 'sources-title' }, h('table', {},
      h('thead', {}, h('tr', {}, ['Partition', 'State'].map((name) => h('th', { scope: 'col' }, name)),
        ['Received', 'Lag', 'Newest reading', 'Ledger moved'].map((name) => h('th', { scope: 'col', class: 'number' }, name)))),
      rows.element)),
    none.element);
  return {
    element,
    show(ledger) {
      rows.show(ledger);
      none.show(ledger);
    },
  };
}

function row(source) {
  return h('tr', {},
    h('th', { scope: 'row' }, source.topic, h('span', { class: 'soft' }, ` ${source.partition}`)),
    h('td', { class: source.state === 'live' ? '' : 'soft' }, source.state),
    h('td', { class: 'number' }, count(source.received)),
    h('td', { class: `number ${lagClass(source)}` }, source.lag === null ? 'unknown' : count(source.lag)),
    h('td', { class: 'number' }, ago(source.newestEvent)),
    h('td', { class: 'number' }, ago(source.appliedAt)));
}

/** A lag is only bad when nothing is done about it. */
function lagClass({ lag, appliedAt }) {
  const isStill = appliedAt === null || Date.now() - Date.parse(appliedAt) > STALE;
  return lag > 0 && isStill ? 'warn' : '';
}
