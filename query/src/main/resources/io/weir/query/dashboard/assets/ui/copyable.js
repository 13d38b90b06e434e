import { announce } from './announce.js';
import { h } from './element.js';

/** A command with a copy button. */
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
    announce(done ? 'Copied' : 'The browser does not allow copying');
    setTimeout(() => { button.textContent = label; }, 1600);
  }
}

/** Browsers offer no clipboard to pages from another machine without TLS. */
async function copied(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}
