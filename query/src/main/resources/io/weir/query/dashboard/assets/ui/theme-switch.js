import { h } from './element.js';

const THEMES = { system: 'System theme', light: 'Light', dark: 'Dark' };

/** Chooses the theme, and tells what is drawn on a canvas when it has changed (event "themechange" of the document). */
export function themeSwitch() {
  const root = document.documentElement;
  const options = Object.entries(THEMES).map(([theme, name]) =>
    h('option', { value: theme, selected: theme === root.dataset.theme }, name));
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', tell);
  return h('select', { class: 'plain', 'aria-label': 'Theme', onchange: choose }, options);

  function choose(event) {
    root.dataset.theme = event.target.value;
    localStorage.setItem('weir.theme', event.target.value);
    tell();
  }

  function tell() {
    document.dispatchEvent(new Event('themechange'));
  }
}
