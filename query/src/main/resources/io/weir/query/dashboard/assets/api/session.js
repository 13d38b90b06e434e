/** The token for requests, which the browser keeps until the tab is closed. */
import { ask } from '../ui/dialog.js';
import { h } from '../ui/element.js';

const KEY = 'weir.token';
let asking = null;

export const token = () => sessionStorage.getItem(KEY);

export function signOut() {
  sessionStorage.removeItem(KEY);
  location.reload();
}

/** Asks once for any number of refused requests; resolves to true if there is a token to try. */
export function askForToken(wasRefused) {
  asking ??= prompt(wasRefused).finally(() => { asking = null; });
  return asking;
}

async function prompt(wasRefused) {
  const field = h('input', { id: 'token', type: 'password', autocomplete: 'current-password', required: true });
  const body = [
    h('p', {}, wasRefused ? 'This token is invalid, expired or revoked.' : 'This Weir requires a token.'),
    h('label', { for: 'token' }, 'Token'),
    field,
    h('p', { class: 'soft small' }, 'The token is kept until you close this tab.'),
  ];
  const given = await ask({ title: 'Sign in', body, action: 'Sign in' });
  if (given && field.value) {
    sessionStorage.setItem(KEY, field.value.trim());
    document.dispatchEvent(new Event('signedin'));
  }
  return given;
}
