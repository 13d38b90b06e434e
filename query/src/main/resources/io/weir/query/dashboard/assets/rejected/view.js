/** The rejected readings with reason, payload and position, newest first, and their redrive. */
import { get } from '../api/client.js';
import { h, region } from '../ui/element.js';
import { failure, notice } from '../ui/notice.js';
import { filters } from './filters.js';
import { rejection } from './rejection.js';
import { redriveBar } from './redrive-bar.js';

export const title = 'Rejected';

const PAGE = 100;

export async function mount({ host, query, about, signal, navigate, connected }) {
  const choice = filters((next) => navigate(next));
  const picked = new Set();
  const redrive = redriveBar({ about, signal, done: () => update(current) });
  const list = h('ul', { class: 'rejections' });
  const state = region(h('div', { class: 'below' }), render);
  let current = query;
  let loading = new AbortController();
  let isPossible = false;

  connected(null);
  host.append(choice.element, redrive.element, list, state.element);
  signal.addEventListener('abort', () => loading.abort());
  update(query);

  return { update };

  async function update(next) {
    current = next;
    loading.abort();
    loading = new AbortController();
    const { signal: until } = loading;
    picked.clear();
    isPossible = false;
    redrive.show(current, picked, isPossible);
    const { totals } = await get('/ledger', {}, until).catch(() => ({ totals: null }));
    if (!until.aborted) {
      choice.show(current, totals?.rejected ?? {});
      list.replaceChildren();
      await more(null, until);
    }
  }

  async function more(cursor, until) {
    state.show({ isLoading: true });
    try {
      const { rejected, next } = await get('/rejected', { ...choice.parameters(current), limit: PAGE, cursor }, until);
      list.append(...rejected.map((each) => rejection(each, pick)));
      isPossible ||= rejected.some(({ redrivable }) => redrivable);
      redrive.show(current, picked, isPossible);
      state.show({ next, until, isEmpty: list.children.length === 0 });
    } catch (error) {
      if (!until.aborted) {
        state.show({ error, until });
      }
    }
  }

  function pick(rejected, is) {
    picked[is ? 'add' : 'delete'](rejected);
    redrive.show(current, picked, isPossible);
  }

  function render({ isLoading, error, next, isEmpty, until }) {
    if (isLoading) {
      return h('p', { class: 'soft' }, 'Loading…');
    }
    if (error) {
      return failure(error, () => update(current));
    }
    if (isEmpty) {
      return current.size > 0
        ? notice('No matching rejected readings', h('p', {}, 'Choose other reasons, another text or a longer span above.'))
        : notice('No rejected readings', h('p', {}, 'Every reading was stored or is a duplicate.'));
    }
    return next && h('button', { class: 'button', type: 'button', onclick: () => more(next, until) }, 'Show more');
  }
}
