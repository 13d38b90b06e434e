import { UNANSWERED, get } from '../api/client.js';
import { table } from '../devices/table.js';
import { every } from '../ui/every.js';
import { h, region } from '../ui/element.js';
import { notice } from '../ui/notice.js';
import { count } from '../ui/numbers.js';
import { clock } from '../ui/times.js';

const INTERVAL = 10_000;
const MOST_GROUPS = 20;
const SHOWN_DEVICES = 10;

/**
 * The overview of a caller whose token is limited to groups: of each group its metrics, and the devices that have been
 * silent for longest.
 */
export function ownGroups(groups, signal) {
  const left = groups.length - MOST_GROUPS;
  return [
    ...groups.slice(0, MOST_GROUPS).map((group) => ownGroup(group, signal)),
    left > 0 && h('p', { class: 'soft' }, `and ${count(left)} more groups: find them under `, h('a', { href: '#/explore?by=group' }, 'Explore')),
  ];
}

function ownGroup(group, signal) {
  const body = region(h('div'), (answer) => render(group, answer));
  let isShown = false;
  every(INTERVAL, signal, async () => {
    try {
      const [devices, metrics] = await Promise.all([
        get('/device-states', { group, sort: 'seen', limit: SHOWN_DEVICES }, signal), get('/metrics', { group }, signal),
      ]);
      isShown = true;
      body.show({ ...devices, metrics: metrics.metrics });
    } catch (error) {
      if (!signal.aborted && !(isShown && UNANSWERED.includes(error.status))) {
        body.show({ error });
      }
    }
  });
  return h('section', { class: 'panel own-group', 'aria-label': group }, h('header', {}, h('h2', {}, group)), body.element);
}

function render(group, { error, totals, devices, metrics, asOf, next }) {
  if (error) {
    return error.status === NOT_FOUND
      ? notice('No readings yet', h('p', {}, `No device has reported for the group “${group}” yet. This page shows the first reading as soon as it is stored.`))
      : h('p', { class: 'panel-body soft' }, error.message);
  }
  const among = (state) => `#/devices?${new URLSearchParams({ group, state, sort: 'seen' })}`;
  return [
    h('p', { class: 'panel-body' }, h('a', { href: `#/devices?${new URLSearchParams({ group })}` }, `${count(totals.devices)} devices`),
      asOf === null ? ', state unknown' : [
        ': ', totals.silent > 0 ? h('a', { class: 'down', href: among('silent') }, `${count(totals.silent)} silent`) : h('span', { class: 'up' }, 'none is silent'),
        totals.late > 0 && [', ', h('a', { class: 'stale', href: among('late') }, `${count(totals.late)} late`)],
        h('span', { class: 'soft' }, `, as of ${clock(asOf)}`)]),
    h('ul', { class: 'panel-body together' }, metrics.map(({ metric }) =>
      h('li', {}, h('a', { class: 'button', href: `#/explore?${new URLSearchParams({ group, metric })}` }, metric)))),
    table({ devices, asOf }),
    next && h('p', { class: 'panel-body soft small caption' }, `The ${SHOWN_DEVICES} that were seen the longest time ago.`),
  ];
}

const NOT_FOUND = 404;
