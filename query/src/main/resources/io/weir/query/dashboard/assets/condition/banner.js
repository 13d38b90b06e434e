import { h, region } from '../ui/element.js';
import { clock } from '../ui/times.js';
import { onCondition } from './watch.js';

const MARKS = { up: '●', stale: '◐', down: '■', unknown: '○' };

/** Says what is wrong, since when, and what to do; empty while nothing is. */
export function banner(signal) {
  const box = region(h('div', { class: 'condition', role: 'status' }), ({ banner: told, since }) => told && [
    h('strong', { class: told.state }, mark(told.state), told.title),
    since && h('span', {}, ` The figures are of ${clock(since)}. `),
    h('span', {}, [' ', told.what.filter(Boolean).join(' ')]),
    h('p', { class: 'small' }, told.remedy),
  ]);
  onCondition(box.show, signal);
  return box.element;
}

/** Says whether what the page shows is of now. */
export function indicator(signal) {
  const place = region(h('span', { class: 'connection small' }), ({ indicator: told }) =>
    told && h('span', { class: told.state }, mark(told.state), told.words));
  onCondition(place.show, signal);
  return place.element;
}

/** The mark of a state: shape and colour differ, so that neither alone is needed to tell them apart. */
export function mark(state) {
  return h('span', { class: `mark ${state}`, 'aria-hidden': 'true' }, MARKS[state]);
}
