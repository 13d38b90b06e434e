import { get } from '../api/client.js';
import { every } from '../ui/every.js';
import { h, region } from '../ui/element.js';
import { count } from '../ui/numbers.js';

const INTERVAL = 15_000;
const CONSIDERED = 60;
const AT_ONCE = 20;
const MOST_METRICS = 10;
const SHOWN = 8;

/** The groups with the most readings in the current and the previous hour, from their hour rollups. */
export function busiestGroups(signal) {
  const body = region(h('div'), render);
  every(INTERVAL, signal, async () => {
    try {
      body.show(await readCounts(signal));
    } catch (error) {
      body.show({ error });
    }
  });
  return h('section', { class: 'panel busiest', 'aria-labelledby': 'busiest-title' },
    h('header', {}, h('h2', { id: 'busiest-title' }, 'Busiest groups'), h('span', { class: 'soft small' }, 'readings in the current and the previous hour')),
    body.element);
}

function render({ error, counts, isPart }) {
  if (error || counts.length === 0) {
    return h('p', { class: 'panel-body soft' }, error?.message ?? 'No readings in these two hours.');
  }
  return [
    h('ol', { class: 'bars' }, counts.slice(0, SHOWN).map(({ group, readings, metric }) =>
      h('li', { vars: { '--share': readings / counts[0].readings } },
        h('a', { href: `#/explore?${new URLSearchParams({ group, metric })}` }, group),
        h('span', { class: 'number' }, count(readings))))),
    isPart && h('p', { class: 'panel-body soft small' }, `Among the first ${CONSIDERED} groups by name.`),
  ];
}

async function readCounts(signal) {
  const { groups, next } = await get('/groups', { limit: CONSIDERED }, signal);
  const names = groups.map(({ group }) => group);
  const metrics = await Promise.all(names.map((group) => metricsOf(group, signal)));
  const counts = new Map(names.map((group, i) => [group, { group, metric: metrics[i][0], readings: 0 }]));
  const asked = [...new Set(metrics.flat())].slice(0, MOST_METRICS);
  for (let i = 0; asked.length > 0 && i < names.length; i += AT_ONCE) {
    const group = names.slice(i, i + AT_ONCE);
    const { series } = await get('/rollups', { group, metric: asked, resolution: 'hour', from: '-2h', functions: 'count' }, signal);
    for (const one of series) {
      counts.get(one.group).readings += one.windows.reduce((sum, window) => sum + window.count, 0);
    }
  }
  return { counts: [...counts.values()].filter(({ readings }) => readings > 0).sort((a, b) => b.readings - a.readings), isPart: Boolean(next) };
}

const known = new Map();

/** Requested once, because the metrics of a group rarely change. */
async function metricsOf(group, signal) {
  if (!known.get(group)?.length) {
    const { metrics } = await get('/metrics', { group }, signal);
    known.set(group, metrics.map(({ metric }) => metric));
  }
  return known.get(group);
}
