import { mark } from '../condition/banner.js';
import { onCondition } from '../condition/watch.js';
import { h, region } from '../ui/element.js';

/** The health of the three parts, with the reason unless one is up. */
export function health(signal) {
  const list = region(h('ul', { class: 'health', 'aria-label': 'Health' }), ({ parts, banner }) =>
    parts.map((part) => light(part, banner === null)));
  onCondition(list.show, signal);
  return list.element;
}

/** The banner, if there is one, tells the reason. */
function light({ name, state, detail }, isExplained) {
  return h('li', {}, mark(state), name, ' ', h('span', { class: state }, state),
    state !== 'up' && isExplained && detail && h('span', { class: 'soft small' }, ` ${detail}`));
}
