/** All devices page by page: which report as usual, when they were last seen, and their newest readings. */
import { UNANSWERED, get } from '../api/client.js';
import { every } from '../ui/every.js';
import { h, region } from '../ui/element.js';
import { failure, notice } from '../ui/notice.js';
import { count } from '../ui/numbers.js';
import { clock } from '../ui/times.js';
import { SORTS, STATES, readState, writeState } from './state.js';
import { table } from './table.js';

export const title = 'Devices';

const PAGE = 100;
const INTERVAL = 10_000;
const PAUSE = 200;

export async function mount({ host, query, signal, navigate, connected }) {
  let state = readState(query);
  let cursors = [null];
  let loading = new AbortController();
  let typing = null;
  let isShown = false;

  const search = h('input', { type: 'search', 'aria-label': 'Search devices', placeholder: 'Search devices', oninput: searchSoon });
  const sort = h('select', { 'aria-label': 'Sort', onchange: () => change({ sort: sort.value }) },
    SORTS.map(([value, words]) => h('option', { value }, words)));
  const states = region(h('div', { class: 'together', role: 'group', 'aria-label': 'States' }), stateButtons);
  const group = region(h('span'), () => state.group && h('button', { type: 'button', class: 'chip', onclick: () => change({ group: null }) },
    h('span', {}, `Group ${state.group}`), h('i', { 'aria-hidden': 'true' }, '×')));
  const results = region(h('div', { class: 'panel', 'aria-busy': 'true' }), render);
  const pages = region(h('div', { class: 'together below' }), pager);

  connected(null);
  host.append(h('div', { class: 'panel filters' }, h('div', { class: 'together' }, search, sort, group.element), states.element),
    results.element, pages.element);
  signal.addEventListener('abort', () => { loading.abort(); clearTimeout(typing); });
  apply(query);
  every(INTERVAL, signal, load);
  return { update };

  function update(next) {
    apply(next);
    load();
  }

  function apply(next) {
    state = readState(next);
    cursors = [null];
    if (document.activeElement !== search) {
      search.value = state.search;
    }
    sort.value = state.sort;
    group.show();
  }

  function change(difference, options) {
    navigate(writeState({ ...state, ...difference }), options);
  }

  function searchSoon() {
    clearTimeout(typing);
    typing = setTimeout(() => change({ search: search.value.trim() }, { replacing: true }), PAUSE);
  }

  async function load() {
    loading.abort();
    loading = new AbortController();
    const { signal: until } = loading;
    const { search: text, group: of, states: among, sort: by } = state;
    try {
      show(await get('/device-states', { search: text, group: of, state: among, sort: by, limit: PAGE, cursor: cursors.at(-1) }, until));
    } catch (error) {
      if (!until.aborted && !(isShown && UNANSWERED.includes(error.status))) {
        results.show({ error });
        pages.show(null);
      }
    }
  }

  function show(answer) {
    isShown = true;
    results.element.removeAttribute('aria-busy');
    states.show(answer.totals);
    pages.show(answer);
    results.show(answer);
  }

  function render(answer) {
    if (answer.error) {
      return failure(answer.error, load);
    }
    return answer.devices.length === 0 ? nothing(answer.totals) : [caption(answer), table(answer)];
  }

  function stateButtons(totals) {
    return STATES.filter((each) => totals[each] > 0 || state.states.includes(each)).map((each) => {
      const isOn = state.states.includes(each);
      return h('button', {
        type: 'button', class: 'button', 'aria-pressed': String(isOn),
        onclick: () => change({ states: isOn ? state.states.filter((other) => other !== each) : [...state.states, each] }),
      }, each, h('span', { class: 'soft small' }, ` ${count(totals[each])}`));
    });
  }

  function pager(answer) {
    return answer && (cursors.length > 1 || answer.next) && [
      h('button', { type: 'button', class: 'button', disabled: cursors.length === 1, onclick: () => turn(cursors.slice(0, -1)) }, 'Previous'),
      h('button', { type: 'button', class: 'button', disabled: !answer.next, onclick: () => turn([...cursors, answer.next]) }, 'Next'),
      h('span', { class: 'soft small' }, `Page ${cursors.length}`),
    ];
  }

  function turn(next) {
    cursors = next;
    load();
  }

  function nothing({ devices }) {
    return devices === 0 && !state.search && !state.group
      ? notice('No devices yet', h('p', {}, 'A device appears with its first reading: ', h('a', { href: '#/overview' }, 'the overview'), ' shows how to send one.'))
      : notice('No device matches', h('p', {}, 'No device with such a name is known in such a state.'));
  }
}

function caption({ asOf, complete, totals }) {
  return h('p', { class: 'panel-body soft small caption' }, `${count(totals.devices)} devices`,
    asOf === null ? '. Their state is unknown until the pipeline has caught up.' : `, as of ${clock(asOf)}.`,
    !complete && ' There are more devices than the server keeps; those of the last groups are missing.');
}
