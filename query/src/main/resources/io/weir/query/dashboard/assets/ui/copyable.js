import { announce } from './announce.js';
import { h } from './element.js';

/** A command to be copied. */
export function copyable(text) {
  return h('div', { class: 'copyable' },
    h('pre', { tabindex: '0', 'aria-label': 'Command' }, h('code', {}, text)),
    copyButton('Copy', () => text));
}

/** A button that copies what `text()` returns when it is pressed. */
export function copyButton(label, text) {
  const button = h('button', { class: 'button', type: 'button', onclick: copy }, label);
  return button;

  async function copy() {
    const done = await copied(text());
    button.textContent = done ? 'Copied' : 'Press Ctrl+C';
    announce(done ? 'Copied' : 'The browser does not allow to copy');
    setTimeout(() => { button.textContent = label; }, 1600);
  }
}

/** Browsers have no clipboard for pages that come without TLS from elsewhere than this machine. */
async function copied(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}
