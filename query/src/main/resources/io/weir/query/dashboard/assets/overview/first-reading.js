import { copyable } from '../ui/copyable.js';
import { h } from '../ui/element.js';

/** What to do with a Weir that has received nothing yet. */
export function firstReading({ topic }) {
  const reading = JSON.stringify({ device: 'd-1', group: 'lab', metric: 'temperature', time: new Date().toISOString(), value: 21.4 });
  return h('section', { class: 'notice first-reading' },
    h('h2', {}, 'No readings yet'),
    h('p', {}, 'Send a first one, from the directory of Weir:'),
    copyable(`echo '${reading}' | ./weir publish -`),
    h('p', {}, 'or let a simulated fleet send some thousand:'),
    copyable('./weir simulate --devices 20 --groups 4 --readings 50000 --rate 500'),
    h('p', { class: 'soft' }, 'Any Kafka producer will do: the same JSON to the topic ', h('code', {}, topic ?? 'readings'),
      ', with the device’s name as key. This page shows it as soon as it is stored.'));
}
