/**
 * The state of Explore, stored in the address: ?device=d-17&metric=temperature&from=-24h. The address can be shared.
 */

export const PERCENTILES = ['p50', 'p95', 'p99'];
export const LATEST = '-24h';

/**
 * by: 'device' or 'group', whose rollups are shown; ids: their names; inGroup: the group in which devices are searched;
 * from, to: as the API takes them (a `from` that is relative, without `to`, moves with the clock); zone: 'data' or
 * 'own'; show: of 'band' and the percentiles; as: 'chart' or 'table'.
 */
export function readState(query) {
  const by = query.get('by') ?? (query.has('group') ? 'group' : 'device');
  return {
    by,
    ids: query.getAll(by),
    inGroup: query.get('in'),
    metrics: query.getAll('metric'),
    from: query.get('from') ?? LATEST,
    to: query.get('to'),
    resolution: query.get('resolution') ?? 'auto',
    zone: query.get('zone') ?? 'data',
    show: query.get('show')?.split(' ') ?? ['band'],
    as: query.get('as') ?? 'chart',
  };
}

export function writeState(state) {
  const query = new URLSearchParams();
  const put = (name, value, standard) => value && value !== standard && query.append(name, value);
  put('by', state.ids.length === 0 && state.by, 'device');
  put('in', state.inGroup);
  state.ids.forEach((id) => query.append(state.by, id));
  state.metrics.forEach((metric) => query.append('metric', metric));
  put('from', state.from, LATEST);
  put('to', state.to);
  put('resolution', state.resolution, 'auto');
  put('zone', state.zone, 'data');
  put('show', state.show.join(' ') || 'mean', 'band');
  put('as', state.as, 'chart');
  return query;
}

/** Whether the span is relative to now. */
export const isLive = (state) => state.from.startsWith('-') && !state.to;
