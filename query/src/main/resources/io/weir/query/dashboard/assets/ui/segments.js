import { h } from './element.js';

/** Buttons of which one is pressed. */
export function segments(label, choices, choose) {
  const buttons = new Map(choices.map(([value, name]) =>
    [value, h('button', { type: 'button', class: 'button', 'aria-pressed': 'false', onclick: () => choose(value) }, name)]));
  return {
    element: h('div', { class: 'segments', role: 'group', 'aria-label': label }, [...buttons.values()]),
    show(value) {
      buttons.forEach((button, each) => button.setAttribute('aria-pressed', String(each === value)));
    },
  };
}
