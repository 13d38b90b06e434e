/** Readings and rollups of the selected devices or groups over time. */
import { get } from '../api/client.js';
import { h, region, replace } from '../ui/element.js';
import { failure, notice } from '../ui/notice.js';
import { clock, ownZone } from '../ui/times.js';
import { ask, csvAddress } from './answers.js';
import { chart } from './chart.js';
import { keepUp } from './live.js';
import { metricsOf, pickers } from './pickers.js';
import { PRESETS, written } from './spans.js';
import { readState, writeState } from './state.js';
import { table } from './table.js';
import { toolbar } from './toolbar.js';

export const title = 'Explore';

const DAY = 86_400_000;
const EXPLAINED = 5;
const NOT_FOUND = 404;
const HINT = 'Drag to zoom in, double-click to zoom out, Shift and drag to move, Ctrl and wheel to zoom. Hatched windows may still change.';

export async function mount({ host, query, about, signal, navigate, connected }) {
  const picker = pickers(change);
  const tools = toolbar(change, () => answer && csvAddress(state, answer));
  const trouble = region(h('div'), (error) => error && failure(error, () => load()));
  const results = h('div', { class: 'results' });
  const charts = new Map();
  let state = null;
  let answer = null;
  let loading = new AbortController();

  const phone = matchMedia('(max-width: 40rem)');
  const summary = region(h('summary'), described);
  const controls = h('details', { class: 'panel controls' }, summary.element, picker.element, tools.element);
  host.append(controls, trouble.element, results);
  phone.addEventListener('change', fold, { signal });
  document.addEventListener('themechange', () => charts.forEach((each) => each.redraw()), { signal });
  signal.addEventListener('abort', () => { loading.abort(); clearCharts(); });
  update(query);
  return { update };

  function update(next) {
    state = readState(next);
    picker.show(state);
    tools.show(state);
    summary.show();
    if (!controls.open) {
      fold();
    }
    load();
  }

  /** On a phone the controls are folded once there is something to see. */
  function fold() {
    controls.open = !phone.matches || state.ids.length === 0 || state.metrics.length === 0;
  }

  function described() {
    const { from, to, ids, metrics } = state;
    const span = (PRESETS.find(([preset]) => preset === from && !to) ?? [null, 'chosen span'])[1];
    return ids.length === 0 ? 'Choose what to show' : [ids.join(', '), metrics.join(', '), span].filter(Boolean).join(' · ');
  }

  function change(difference, options) {
    navigate(writeState({ ...state, ...difference }), options);
  }

  /** Loads the data of the state and cancels the previous load; then follows updates if the state is live. */
  async function load() {
    loading.abort();
    loading = new AbortController();
    const { signal: until } = loading;
    trouble.show(null);
    tools.element.hidden = state.ids.length === 0;
    if (state.ids.length === 0 || state.metrics.length === 0) {
      connected(null);
      await invite(until);
      return;
    }
    results.setAttribute('aria-busy', 'true');
    try {
      await keepUp(state, { refresh: () => refresh(until), connected }, until);
    } catch (error) {
      if (!until.aborted) {
        trouble.show(error);
      }
    } finally {
      results.removeAttribute('aria-busy');
    }
  }

  async function refresh(until) {
    const next = await ask(state, until);
    until.throwIfAborted();
    answer = next;
    results.removeAttribute('aria-busy');
    draw();
    return answer;
  }

  function draw() {
    const span = { from: Date.parse(answer.from), to: Date.parse(answer.to), zone: state.zone === 'own' ? ownZone() : answer.zone };
    tools.showSpan(span);
    const models = new Map(state.metrics.map((metric) => [metric, model(metric, span)]));
    if (answer.series.every(({ windows, readings }) => (windows ?? readings).length === 0)) {
      clearCharts();
      const empty = nothing();
      replace(results, empty);
      explain(empty, loading.signal);
    } else if (state.as === 'table') {
      clearCharts();
      replace(results, [...models].map(([metric, each]) => table(metric, each)));
    } else {
      drawCharts(models);
    }
  }

  function model(metric, span) {
    const isOf = (each) => each.metric === metric;
    return {
      ...span, by: state.by, show: state.show, resolution: answer.resolution, isRaw: answer.resolution === 'raw',
      series: answer.series.filter(isOf).map((series) => {
        const name = series[state.by];
        return { ...series, name, summary: answer.summaries.find((each) => isOf(each) && each[state.by] === name) };
      }),
    };
  }

  /** Charts are kept as long as their metrics, to keep the focus and the cursor. */
  function drawCharts(models) {
    const metrics = [...models.keys()];
    if (metrics.join('\n') !== [...charts.keys()].join('\n')) {
      clearCharts();
      metrics.forEach((metric) => charts.set(metric, chart(metric, (span) => change(written(span)))));
      results.classList.toggle('several', metrics.length > 1);
      replace(results, [...charts.values()].map((each) => each.element), h('p', { class: 'hint soft small' }, HINT));
    }
    models.forEach((each, metric) => charts.get(metric).show(each));
  }

  function clearCharts() {
    charts.forEach((each) => each.remove());
    charts.clear();
  }

  /** With an incomplete selection: tells what to select, and selects the metric if there is only a small choice. */
  async function invite(until) {
    clearCharts();
    if (state.ids.length > 0) {
      const [first] = await metricsOf(state).catch(() => []);
      if (until.aborted) {
        return;
      }
      if (first) {
        change({ metrics: [first] }, { replacing: true });
        return;
      }
    }
    const { groups } = await get('/groups', { limit: 6 }, until).catch(() => ({ groups: [] }));
    if (!until.aborted) {
      replace(results, invitation(groups, about));
    }
  }

  async function explain(empty, until) {
    const devices = state.by === 'device' ? state.ids.slice(0, EXPLAINED) : [];
    const told = await Promise.all(devices.map((device) => whereabouts(device, until)));
    if (!until.aborted) {
      empty.append(...told.filter(Boolean).map((parts) =>
        h('p', {}, [parts].flat().map((part) => (typeof part === 'function' ? part(change) : part)))));
    }
  }

  function nothing() {
    return notice('No readings in this span', h('p', {}, 'There are no readings of the selection between the two times above. Choose a longer span, or'),
      h('button', { class: 'button', type: 'button', onclick: () => change({ from: '-365d', to: null, resolution: 'auto' }) }, 'look at the last year'));
  }
}

/** Says of each device whether it is silent, or was never heard of. */
async function whereabouts(device, signal) {
  try {
    const { lastSeen, state } = await get(`/devices/${encodeURIComponent(device)}`, {}, signal);
    if (lastSeen === null) {
      return `No reading of the device “${device}” is kept any more.`;
    }
    return [`The device “${device}” is ${state}. Its newest reading is of ${clock(lastSeen)}: `,
      (change) => h('button', { class: 'button', type: 'button', onclick: () => change(around(lastSeen)) }, 'look there')];
  } catch (error) {
    return error.status === NOT_FOUND ? `There is no device “${device}”: no reading of it was ever stored.` : null;
  }
}

const around = (time) => written({ from: Date.parse(time) - DAY, to: Date.parse(time) + 1000 });

function invitation(groups, { topic }) {
  if (groups.length === 0) {
    return notice('No readings yet', h('p', {}, 'There is nothing to explore until the first reading is stored. ',
      h('a', { href: '#/overview' }, 'The overview'), ' shows how to send one to the topic ', h('code', {}, topic), '.'));
  }
  return notice('Choose a device or a group', h('p', {}, 'Type a part of its name above, or start with a group:'),
    h('ul', { class: 'together' }, groups.map(({ group }) =>
      h('li', {}, h('a', { class: 'button', href: `#/explore?${new URLSearchParams({ group })}` }, group)))));
}
