import { get } from '../api/client.js';
import { every } from '../ui/every.js';
import { h, region } from '../ui/element.js';

const PARTS = { kafka: 'Kafka', cassandra: 'Cassandra', pipeline: 'Pipeline' };
const INTERVAL = 5000;

/** The health of the three parts, with the reason if one is down. */
export function health(signal) {
  const list = region(h('ul', { class: 'health', 'aria-label': 'Health' }), (parts) =>
    Object.entries(PARTS).map(([part, name]) => light(name, parts[part])));
  every(INTERVAL, signal, async () => {
    try {
      list.show(await get('/health/parts', {}, signal));
    } catch (error) {
      list.show(Object.fromEntries(Object.keys(PARTS).map((part) => [part, { up: null, detail: error.message }])));
    }
  });
  return list.element;
}

function light(name, part) {
  const [state, words] = part?.up ? ['good', 'up'] : part?.up === false ? ['bad', 'down'] : ['warn', 'unknown'];
  return h('li', {},
    h('span', { class: `light ${state}`, 'aria-hidden': 'true' }),
    name, ' ', h('span', { class: state }, words),
    !part?.up && part?.detail && h('span', { class: 'soft small' }, ` ${part.detail}`));
}
