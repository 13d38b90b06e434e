/** The token that requests carry: kept by the browser until the tab is closed. */
import { ask } from '../ui/dialog.js';
import { h } from '../ui/element.js';

const KEY = 'weir.token';
let asking = null;

export const token = () => sessionStorage.getItem(KEY);

export function signOut() {
  sessionStorage.removeItem(KEY);
  location.reload();
}

/** Asks once however many requests were refused, and resolves to whether there is a token to try. */
export function askForToken(wasRefused) {
  asking ??= prompt(wasRefused).finally(() => { asking = null; });
  return asking;
}

async function prompt(wasRefused) {
  const field = h('input', { id: 'token', type: 'password', autocomplete: 'current-password', required: true });
  const body = [
    h('p', {}, wasRefused ? 'That token is not accepted, or not any more.' : 'This Weir asks for a token.'),
    h('label', { for: 'token' }, 'Token'),
    field,
    h('p', { class: 'soft small' }, 'It is kept until you close this tab.'),
  ];
  const given = await ask({ title: 'Sign in', body, action: 'Sign in' });
  if (given && field.value) {
    sessionStorage.setItem(KEY, field.value.trim());
    document.dispatchEvent(new Event('signedin'));
  }
  return given;
}
