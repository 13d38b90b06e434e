import { h } from './element.js';

/** Says that there is nothing, or what went wrong, and what to do next. */
export function notice(title, ...body) {
  return h('div', { class: 'notice' }, h('h2', {}, title), body);
}

/** What an error is shown as: the server's own words where it gave some. */
export function failure(error, again) {
  const retry = again && h('button', { class: 'button', type: 'button', onclick: again }, 'Try again');
  const box = notice(error.title ?? 'That did not work', h('p', {}, error.detail ?? error.message), advice(error.status), retry);
  box.setAttribute('role', 'alert');
  box.classList.add('failed');
  return box;
}

function advice(status) {
  const text = {
    0: 'Is Weir running? ./weir up starts it; the page goes on by itself when it answers.',
    403: 'Your token does not allow this. What its groups hold is under Explore; or sign in with another one.',
    429: 'Wait a moment before you try again.',
    503: 'A part that this needs does not answer. The overview shows which.',
  }[status];
  return text && h('p', { class: 'soft' }, text);
}
