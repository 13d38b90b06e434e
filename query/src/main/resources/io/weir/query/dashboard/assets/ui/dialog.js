import { h } from './element.js';

/**
 * Opens a modal dialog; resolves to true if the user chose the action. The browser traps the focus, closes the dialog
 * on Escape and restores the focus.
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
