import { copyButton } from '../ui/copyable.js';
import { h } from '../ui/element.js';
import { count } from '../ui/numbers.js';
import { moment } from '../ui/times.js';
import { bytesOf, dump } from './payload.js';

/**
 * A rejected reading: a line that expands to its payload. The payload is untrusted and shown only as text, or as
 * hexadecimal bytes if it is no text.
 */
export function rejection(rejected, pick) {
  const place = `${rejected.topic} ${rejected.partition} : ${rejected.offset}${rejected.index > 0 ? ` [${rejected.index}]` : ''}`;
  const box = rejected.redrivable
    ? h('input', { type: 'checkbox', 'aria-label': `Select ${place}`, onchange: () => pick(rejected, box.checked) })
    : h('span');
  const payload = rejected.payloadBase64 ? dump(bytesOf(rejected)) : rejected.payload;
  return h('li', {}, box, h('details', {},
    h('summary', {},
      h('strong', { class: 'reason' }, rejected.reason),
      h('span', { class: 'detail' }, rejected.detail),
      rejected.redriven && h('span', { class: 'good small' }, 'redriven'),
      h('span', { class: 'soft small place' }, place),
      h('time', { class: 'soft small', datetime: rejected.recordTime }, moment(Date.parse(rejected.recordTime), 'UTC'), ' UTC')),
    h('div', { class: 'payload' },
      h('p', {}, rejected.detail),
      h('pre', { tabindex: '0', 'aria-label': 'Payload' }, h('code', {}, payload || '(empty)')),
      h('p', { class: 'soft small together' }, size(rejected),
        rejected.redriven && ` · published again ${moment(Date.parse(rejected.redriven), 'UTC')} UTC`,
        !rejected.redriven && !rejected.redrivable && ' · sending it again would change nothing: correct it at the sender',
        payload && copyButton('Copy', () => payload)))));
}

function size(rejected) {
  const shown = bytesOf(rejected).length;
  const { payloadSize } = rejected;
  const what = shown < payloadSize ? `The first ${count(shown)} of ${count(payloadSize)} bytes` : `${count(payloadSize)} bytes`;
  return rejected.payloadBase64 ? `${what}, which are not valid UTF-8` : what;
}
