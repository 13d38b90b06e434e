import { h } from './element.js';

/**
 * Asks in a modal dialog and resolves to whether the answer was the action. The browser keeps the focus inside, closes it
 * on Escape and gives the focus back.
 */
export function ask({ title, body, action, grave = false }) {
  return new Promise((resolve) => {
    const heading = h('h2', { id: 'dialog-title' }, title);
    const form = h('form', { method: 'dialog' },
      heading,
      h('div', { class: 'dialog-body' }, body),
      h('div', { class: 'dialog-actions' },
        h('button', { class: 'button', type: 'button', onclick: () => dialog.close() }, 'Cancel'),
        h('button', { class: `button ${grave ? 'grave' : 'primary'}`, value: 'yes' }, action)));
    const dialog = h('dialog', { 'aria-labelledby': 'dialog-title', onclose: finish }, form);
    document.body.append(dialog);
    dialog.showModal();

    function finish() {
      dialog.remove();
      resolve(dialog.returnValue === 'yes');
    }
  });
}
