import { announce } from './announce.js';
import { h, region, replace } from './element.js';

const PAUSE = 120;
let made = 0;

/**
 * A search field with suggestions, for one value or several (chips). Follows ARIA's pattern "editable combobox with
 * list autocomplete": the focus stays in the field, the arrows move through the options, Enter selects, Escape closes,
 * Backspace in an empty field removes the last chip.
 *
 * @param search resolves a text to {items, hasMore}
 * @param change called with the list of selected values
 */
export function combobox({ label, placeholder, search, change, most = 1 }) {
  const id = `combobox-${++made}`;
  let chosen = [];
  let items = [];
  let active = -1;
  let asked = 0;
  let timer = null;

  const input = h('input', {
    id, type: 'text', role: 'combobox', placeholder, autocomplete: 'off', spellcheck: 'false',
    'aria-autocomplete': 'list', 'aria-expanded': 'false', 'aria-controls': `${id}-list`,
    oninput: searchSoon, onfocus: open, onclick: open, onblur: close, onkeydown: press,
  });
  const chips = region(h('span', { class: 'chips' }), () => chosen.map(chip));
  const list = h('ul', { id: `${id}-list`, class: 'options', role: 'listbox', 'aria-label': label, hidden: true });
  const element = h('div', { class: 'combobox' }, h('label', { class: 'label', for: id }, label),
    h('div', { class: 'combobox-field' }, chips.element, input), list);
  return { element, show };

  function show(values) {
    chosen = values;
    chips.show();
    input.placeholder = chosen.length > 0 ? '' : placeholder;
  }

  function chip(value) {
    return h('button', { type: 'button', class: 'chip', 'aria-label': `Remove ${value}`, onclick: () => toggle(value) },
      h('span', {}, value), h('i', { 'aria-hidden': 'true' }, '×'));
  }

  function open() {
    if (list.hidden) {
      find();
    }
  }

  function close() {
    clearTimeout(timer);
    asked++;
    list.hidden = true;
    input.value = '';
    activate(-1);
    input.setAttribute('aria-expanded', 'false');
  }

  function searchSoon() {
    clearTimeout(timer);
    timer = setTimeout(find, PAUSE);
  }

  async function find() {
    const number = ++asked;
    const found = await search(input.value.trim()).catch((error) => ({ items: [], words: error.message }));
    if (number === asked && document.activeElement === input) {
      items = found.items;
      fill(found);
    }
  }

  function fill({ hasMore, words = items.length === 0 ? 'No matches' : hasMore && `The first ${items.length}: type to narrow` }) {
    replace(list, items.map(option), words && h('li', { class: 'more', role: 'option', 'aria-disabled': 'true', 'aria-selected': 'false' }, words));
    list.hidden = false;
    input.setAttribute('aria-expanded', 'true');
    activate(input.value && items.length > 0 ? 0 : -1);
    announce(words || `${items.length} found`);
  }

  /** Selects on mousedown: a click would arrive after the field has lost the focus and the list is closed. */
  function option(value, i) {
    return h('li', {
      id: `${id}-${i}`, role: 'option', 'aria-selected': String(chosen.includes(value)),
      onmousedown: (event) => { event.preventDefault(); toggle(value); },
    }, value);
  }

  function activate(i) {
    active = i;
    [...list.children].forEach((each, j) => each.classList.toggle('active', j === i));
    list.children[i]?.scrollIntoView({ block: 'nearest' });
    if (i < 0) {
      input.removeAttribute('aria-activedescendant');
    } else {
      input.setAttribute('aria-activedescendant', `${id}-${i}`);
    }
  }

  function toggle(value) {
    const without = chosen.filter((each) => each !== value);
    const isNew = without.length === chosen.length;
    show(isNew ? [...without, value].slice(-most) : without);
    announce(`${value} ${isNew ? 'selected' : 'removed'}`);
    if (document.activeElement === input) {
      close();
    }
    input.focus();
    change(chosen);
  }

  function press(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && !list.hidden) {
      activate((active + step + items.length) % Math.max(1, items.length));
    } else if (step) {
      open();
    } else if (event.key === 'Enter' && active >= 0) {
      toggle(items[active]);
    } else if (event.key === 'Escape' && !list.hidden) {
      close();
    } else if (event.key === 'Backspace' && input.value === '' && chosen.length > 0) {
      toggle(chosen.at(-1));
      return;
    } else {
      return;
    }
    event.preventDefault();
  }
}
