import { h } from './element.js';

const THEMES = { system: 'System theme', light: 'Light', dark: 'Dark' };

/** Selects the theme, and fires the document event "themechange" so that canvases are redrawn. */
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
