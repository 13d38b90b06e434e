import { h } from '../ui/element.js';
import { count } from '../ui/numbers.js';
import { moment } from '../ui/times.js';

/** A rejected reading: a line that expands to its payload. The payload is untrusted and shown only as text. */
export function rejection(rejected, pick) {
  const place = `${rejected.topic} ${rejected.partition} : ${rejected.offset}${rejected.index > 0 ? ` [${rejected.index}]` : ''}`;
  const box = h('input', {
    type: 'checkbox', 'aria-label': `Select ${place}`, disabled: rejected.redriven !== null, onchange: () => pick(rejected, box.checked),
  });
  return h('li', {}, box, h('details', {},
    h('summary', {},
      h('strong', { class: 'reason' }, rejected.reason),
      h('span', { class: 'detail' }, rejected.detail),
      rejected.redriven && h('span', { class: 'good small' }, 'redriven'),
      h('span', { class: 'soft small place' }, place),
      h('time', { class: 'soft small', datetime: rejected.recordTime }, moment(Date.parse(rejected.recordTime), 'UTC'), ' UTC')),
    h('div', { class: 'payload' },
      h('p', {}, rejected.detail),
      h('pre', { tabindex: '0', 'aria-label': 'Payload' }, h('code', {}, rejected.payload || '(empty)')),
      h('p', { class: 'soft small' }, size(rejected),
        rejected.redriven && ` · published again ${moment(Date.parse(rejected.redriven), 'UTC')} UTC`))));
}

function size({ payload, payloadSize }) {
  const shown = new TextEncoder().encode(payload).length;
  return shown < payloadSize ? `The first ${count(shown)} of ${count(payloadSize)} bytes` : `${count(payloadSize)} bytes`;
}
