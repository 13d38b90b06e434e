import { get } from '../api/client.js';
import { every } from '../ui/every.js';
import { h, region } from '../ui/element.js';
import { count } from '../ui/numbers.js';

const INTERVAL = 10_000;

/** How many devices there are, and how many of them are late or silent. */
export function silentDevices(signal) {
  const line = region(h('p', { class: 'small silent-devices' }), render);
  every(INTERVAL, signal, async () => {
    try {
      line.show(await get('/device-states', { limit: 1 }, signal));
    } catch (error) {
      line.show(null);
    }
  });
  return line.element;
}

function render(answer) {
  const { devices, late, silent } = answer?.totals ?? {};
  return devices > 0 && [
    h('a', { href: '#/devices' }, named(devices, '')), ': ',
    silent > 0 ? h('a', { class: 'down', href: '#/devices?state=silent&sort=seen' }, `${named(silent, 'silent')}`)
      : answer.asOf === null ? h('span', { class: 'unknown' }, 'state unknown') : h('span', { class: 'up' }, 'none is silent'),
    late > 0 && [', ', h('a', { class: 'stale', href: '#/devices?state=late&sort=seen' }, `${count(late)} late`)],
  ];
}

const named = (n, what) => `${count(n)} ${n === 1 ? 'device' : 'devices'}${what && ` ${what}`}`;
