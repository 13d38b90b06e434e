import { h, region } from '../ui/element.js';
import { ago, count } from '../ui/numbers.js';

const STALE = 60_000;

/** The maximum number of listed devices; more are only counted. */
const NAMED = 5;

/** Each source with its lag and its freshness. */
export function sourcesPanel() {
  const rows = region(h('tbody'), ({ sources }, isFresh) => sources.map((source) => row(source, isFresh)));
  const none = h('p', { class: 'panel-body soft', hidden: true },
    'No sources yet. A source appears when the first record of a partition is read.');
  const table = h('div', { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': 'Table of sources' }, h('table', {},
    h('thead', {}, h('tr', {}, ['Partition', 'State'].map((name) => h('th', { scope: 'col' }, name)),
      ['Received', 'Stored', 'Lag', 'Fresh to'].map((name) => h('th', { scope: 'col', class: 'number' }, name)))),
    rows.element));
  const shared = region(h('div', { class: 'panel-body' }), (devices) => devices?.count > 0 && warning(devices));
  const element = h('section', { class: 'panel sources', 'aria-labelledby': 'sources-title' },
    h('header', {}, h('h2', { id: 'sources-title' }, 'Sources'), h('span', { class: 'soft small' }, 'One for each partition of the topic')),
    shared.element, table, none);
  return {
    element,
    show(ledger, isFresh) {
      rows.show(ledger, isFresh);
      shared.show(ledger.devicesInTwoSources);
      shared.element.hidden = !(ledger.devicesInTwoSources?.count > 0);
      none.hidden = ledger.sources.length > 0;
      table.hidden = !none.hidden;
    },
  };
}

/**
 * Warns of devices whose readings arrive in several partitions, for example because producers hash their keys
 * differently.
 */
function warning({ count: all, examples }) {
  const named = examples.slice(0, NAMED).map(({ device, sources }) => `${device} (sources ${sources.join(', ')})`).join(', ');
  const devices = all === 1 ? '1 device is' : `${count(all)} devices are`;
  return h('p', { class: 'warn small' },
    `${devices} stored by more than one live source: ${named}${all > NAMED ? ', …' : ''}. `,
    'A reading that is sent to both counts twice: see docs/how-to/fix-devices-in-two-sources.md.');
}

/** The lag of an old ledger is not the lag of now: records have come since. */
function row(source, isFresh) {
  const lag = isFresh || source.state !== 'live' ? source.lag : null;
  return h('tr', {},
    h('th', { scope: 'row' }, source.topic, h('span', { class: 'soft' }, ` ${source.partition}`)),
    h('td', { class: source.state === 'live' ? '' : 'soft' }, source.state),
    h('td', { class: 'number' }, count(source.received)),
    h('td', { class: 'number' }, count(source.stored)),
    h('td', { class: `number ${lag === null ? 'unknown' : lagClass(source)}` }, lag === null ? 'unknown' : count(lag)),
    h('td', { class: 'number', title: 'All records appended to the log before this time are stored' }, ago(source.appliedThrough)));
}

/** A lag is a warning only if it persists. */
function lagClass({ lag, appliedThrough }) {
  return lag > 0 && Date.now() - Date.parse(appliedThrough) > STALE ? 'warn' : '';
}
