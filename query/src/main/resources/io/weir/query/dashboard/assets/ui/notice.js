import { h } from './element.js';

/** A notice for an empty view or a failure, with the next step. */
export function notice(title, ...body) {
  return h('div', { class: 'notice' }, h('h2', {}, title), body);
}

/** The notice of an error, with the server's message if there is one. */
export function failure(error, again) {
  const retry = again && h('button', { class: 'button', type: 'button', onclick: again }, 'Try again');
  const box = notice(error.title ?? 'The request failed', h('p', {}, error.detail ?? error.message), advice(error.status), retry);
  box.setAttribute('role', 'alert');
  box.classList.add('failed');
  return box;
}

function advice(status) {
  const text = {
    0: 'Is Weir running? Start it with ./weir up; the page then reconnects.',
    403: 'Your token does not allow this. The overview shows its groups; or sign in with another token.',
    429: 'Wait a moment, then try again.',
    503: 'A required part does not answer. The overview shows which one.',
  }[status];
  return text && h('p', { class: 'soft' }, text);
}
