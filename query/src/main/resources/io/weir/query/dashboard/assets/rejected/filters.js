import { h, region } from '../ui/element.js';
import { short } from '../ui/numbers.js';
import { segments } from '../ui/segments.js';

const SPANS = [['-1h', 'Last hour'], ['-24h', '24 h'], ['-7d', '7 d'], ['', 'All']];
const PAUSE = 300;
const STATES = [['false', 'Open'], ['true', 'Redriven'], ['', 'Both']];

/** Filters rejected readings by a text such as a device, by reason, by time of arrival, and by state. */
export function filters(change) {
  let query = new URLSearchParams();
  const span = segments('Time of arrival', SPANS, (value) => put('from', value));
  const redriven = segments('State', STATES, (value) => put('redriven', value || 'any'));
  const reasons = region(h('div', { class: 'together', role: 'group', 'aria-label': 'Reasons' }), (counts) =>
    names(counts).map((reason) => reasonButton(reason, counts[reason])));
  const search = h('input', {
    type: 'search', 'aria-label': 'Search payloads and keys', placeholder: 'Search a device', oninput: searchSoon,
  });
  const element = h('div', { class: 'panel filters' }, h('div', { class: 'together' }, search, reasons.element),
    h('div', { class: 'together' }, span.element, redriven.element));
  let typing = null;
  return { element, show, parameters };

  function show(next, counts) {
    query = next;
    span.show(query.get('from') ?? '');
    redriven.show(parameters(query).redriven ?? '');
    reasons.show(counts);
    if (document.activeElement !== search) {
      search.value = query.get('search') ?? '';
    }
  }

  function searchSoon() {
    clearTimeout(typing);
    typing = setTimeout(() => put('search', search.value.trim()), PAUSE);
  }

  /** The parameters of the API request; by default open readings only. */
  function parameters(of) {
    const wanted = of.get('redriven') ?? 'false';
    return { reason: of.getAll('reason'), from: of.get('from'), search: of.get('search'), redriven: wanted === 'any' ? null : wanted };
  }

  /** The reasons of the ledger, and those in the address. */
  function names(counts) {
    return [...new Set([...Object.keys(counts).filter((reason) => counts[reason] > 0), ...query.getAll('reason')])].sort();
  }

  function reasonButton(reason, n) {
    const isOn = query.getAll('reason').includes(reason);
    return h('button', { type: 'button', class: 'button', 'aria-pressed': String(isOn), onclick: () => toggle(reason, isOn) },
      reason, h('span', { class: 'soft small' }, ` ${short(n ?? 0)}`));
  }

  function toggle(reason, isOn) {
    const next = new URLSearchParams(query);
    const others = query.getAll('reason').filter((each) => each !== reason);
    next.delete('reason');
    (isOn ? others : [...others, reason]).forEach((each) => next.append('reason', each));
    change(next);
  }

  function put(name, value) {
    const next = new URLSearchParams(query);
    next.delete(name);
    if (value && !(name === 'redriven' && value === 'false')) {
      next.set(name, value);
    }
    change(next);
  }
}
