import { mark } from '../condition/banner.js';
import { onCondition } from '../condition/watch.js';
import { h, region } from '../ui/element.js';

/** The health of the three parts, with the reason unless one is up. */
export function health(signal) {
  const list = region(h('ul', { class: 'health', 'aria-label': 'Health' }), ({ parts }) => parts.map(light));
  onCondition(list.show, signal);
  return list.element;
}

function light({ name, state, detail }) {
  return h('li', {}, mark(state), name, ' ', h('span', { class: state }, state),
    state !== 'up' && detail && h('span', { class: 'soft small' }, ` ${detail}`));
}
