import { copyable } from '../ui/copyable.js';
import { h } from '../ui/element.js';

/** The first steps for a Weir that has received no readings. */
export function firstReading({ topic }) {
  const reading = JSON.stringify({ device: 'd-1', group: 'lab', metric: 'temperature', time: new Date().toISOString(), value: 21.4 });
  return h('section', { class: 'notice first-reading' },
    h('h2', {}, 'No readings yet'),
    h('p', {}, 'Send one, from the directory of Weir:'),
    copyable(`echo '${reading}' | ./weir publish -`),
    h('p', {}, 'or let a simulated fleet send thousands:'),
    copyable('./weir simulate --devices 20 --groups 4 --readings 50000 --rate 500'),
    h('p', { class: 'soft' }, 'Or use any Kafka producer to send the same JSON to the topic ', h('code', {}, topic ?? 'readings'),
      ', with the device’s name as key. This page shows the reading as soon as it is stored.'));
}
