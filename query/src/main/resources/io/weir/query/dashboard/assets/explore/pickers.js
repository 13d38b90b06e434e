/** Selects devices or groups, and metrics. */
import { get } from '../api/client.js';
import { combobox } from '../ui/combobox.js';
import { h } from '../ui/element.js';
import { segments } from '../ui/segments.js';

const SHOWN = 50;
const MOST_IDS = 20;
const MOST_METRICS = 10;

/** @param change called with the changed fields of the state */
export function pickers(change) {
  let state = null;
  const by = segments('Compare', [['device', 'Devices'], ['group', 'Groups']],
    (each) => each !== state.by && change({ by: each, ids: [], inGroup: null }));
  const group = combobox({
    label: 'In group', placeholder: 'Any group', search: (text) => list('/groups', 'groups', 'group', text),
    change: ([inGroup = null]) => change({ inGroup, ids: [] }),
  });
  const groups = combobox({
    label: 'Groups', placeholder: 'Search groups', most: MOST_IDS, search: (text) => list('/groups', 'groups', 'group', text),
    change: (ids) => change({ ids }),
  });
  const devices = combobox({
    label: 'Devices', placeholder: 'Search devices', most: MOST_IDS, search: searchDevices, change: (ids) => change({ ids }),
  });
  const metrics = combobox({
    label: 'Metrics', placeholder: 'Search metrics', most: MOST_METRICS, search: searchMetrics,
    change: (chosen) => change({ metrics: chosen }),
  });
  const element = h('div', { class: 'pickers' }, by.element, group.element, devices.element, groups.element, metrics.element);
  return { element, show };

  function show(next) {
    state = next;
    by.show(state.by);
    group.show(state.inGroup ? [state.inGroup] : []);
    devices.show(state.by === 'device' ? state.ids : []);
    groups.show(state.by === 'group' ? state.ids : []);
    metrics.show(state.metrics);
    group.element.hidden = devices.element.hidden = state.by !== 'device';
    groups.element.hidden = state.by !== 'group';
  }

  function searchDevices(text) {
    return list(state.inGroup ? `/groups/${encodeURIComponent(state.inGroup)}/devices` : '/devices', 'devices', 'device', text);
  }

  async function searchMetrics(text) {
    const known = await metricsOf(state);
    return { items: known.filter((metric) => metric.toLowerCase().includes(text.toLowerCase())) };
  }
}

/** The metrics of the selected devices or groups; only the first few are read, because most have the same metrics. */
export async function metricsOf({ by, ids }) {
  const answers = await Promise.all(ids.slice(0, 4).map((id) => get('/metrics', { [by]: id })));
  return [...new Set(answers.flatMap(({ metrics }) => metrics.map(({ metric }) => metric)))].sort();
}

async function list(path, many, one, search) {
  const answer = await get(path, { search, limit: SHOWN });
  return { items: answer[many].map((each) => each[one]), hasMore: Boolean(answer.next) };
}
