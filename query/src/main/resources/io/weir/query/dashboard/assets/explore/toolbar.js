/** The toolbar: the span, the display options, the link and the CSV download. */
import { send } from '../api/client.js';
import { token } from '../api/session.js';
import { copyButton } from '../ui/copyable.js';
import { h } from '../ui/element.js';
import { segments } from '../ui/segments.js';
import { wallText, wallTime } from '../ui/times.js';
import { RESOLUTIONS } from './resolutions.js';
import { PRESETS, moved, written, zoomed } from './spans.js';
import { PERCENTILES, isLive } from './state.js';

/**
 * @param change called with the changed fields of the state
 * @param csv returns the URL of the CSV file
 */
export function toolbar(change, csv) {
  let state = null;
  let shown = null;
  const presets = segments('Span until now', PRESETS, (from) => change({ from, to: null }));
  const from = timeField('From', (text) => chosen(wallTime(text, shown.zone), shown.to));
  const to = timeField('To', (text) => chosen(shown.from, wallTime(text, shown.zone)));
  const lines = [['band', 'min–max'], ...PERCENTILES.map((each) => [each, each])].map(lineSwitch);
  const zone = select('Time zone', [['data', 'Pipeline time zone'], ['own', 'My time zone']], (each) => change({ zone: each }));
  const resolution = select('Resolution', RESOLUTIONS, (each) => change({ resolution: each }));
  const view = segments('View', [['chart', 'Chart'], ['table', 'Table']], (as) => change({ as }));
  const element = h('div', { class: 'toolbar' },
    presets.element,
    h('div', { class: 'together times' }, from, h('span', { class: 'soft', 'aria-hidden': 'true' }, '–'), to),
    h('div', { class: 'together' }, step('‹', 'Earlier', (span) => moved(span, -0.5)), step('›', 'Later', (span) => moved(span, 0.5)),
      step('−', 'Zoom out', (span) => zoomed(span, 2)), step('+', 'Zoom in', (span) => zoomed(span, 0.5))),
    h('div', { class: 'together' }, resolution, zone),
    h('div', { class: 'together' }, lines.map((line) => line.element)),
    h('div', { class: 'together end' }, view.element, copyButton('Copy link', () => location.href),
      h('a', { class: 'button', href: '#', download: 'weir.csv', onclick: download }, 'CSV')));
  return { element, show, showSpan };

  function show(next) {
    state = next;
    presets.show(isLive(state) ? state.from : null);
    zone.value = state.zone;
    resolution.value = state.resolution;
    view.show(state.as);
    lines.forEach((line) => line.show(state.show.includes(line.name)));
  }

  /** Shows the span in the selected time zone. */
  function showSpan(span) {
    shown = span;
    for (const [field, time] of [[from, span.from], [to, span.to]]) {
      if (document.activeElement !== field) {
        field.value = wallText(time, span.zone);
        field.setCustomValidity('');
      }
    }
  }

  /** Returns the error in the two times; undefined if they are valid. */
  function chosen(begin, end) {
    if (Number.isNaN(begin) || Number.isNaN(end)) {
      return 'Enter a time such as 2026-03-29 01:30:00';
    }
    if (begin >= end) {
      return 'The end must be after the start';
    }
    change(written({ from: begin, to: end }));
    return '';
  }

  function step(sign, name, next) {
    return h('button', { type: 'button', class: 'button square', 'aria-label': name, title: name, onclick: () => shown && change(written(next(shown))) }, sign);
  }

  function lineSwitch([name, words]) {
    const box = h('input', { type: 'checkbox', onchange: () => change({ show: box.checked ? [...state.show, name] : state.show.filter((each) => each !== name) }) });
    return { name, element: h('label', { class: 'check' }, box, words, h('i', { class: `swatch ${name}`, 'aria-hidden': 'true' })), show: (is) => { box.checked = is; } };
  }

  /** With a token the file is fetched, because a link cannot send the token. */
  async function download(event) {
    const link = event.currentTarget;
    const target = csv();
    if (!target || !token()) {
      link.href = target ?? '#';
      return;
    }
    event.preventDefault();
    const file = URL.createObjectURL(await (await send(target)).blob());
    h('a', { href: file, download: link.download }).click();
    URL.revokeObjectURL(file);
  }
}

/** A text field, because date fields use the browser's formats, which may be ambiguous and have no time zone. */
function timeField(name, choose) {
  const field = h('input', { class: 'time digits', type: 'text', 'aria-label': name, autocomplete: 'off', spellcheck: 'false', onchange: read });
  return field;

  function read() {
    field.setCustomValidity(choose(field.value));
    field.reportValidity();
  }
}

function select(name, options, choose) {
  return h('select', { 'aria-label': name, onchange: (event) => choose(event.target.value) },
    options.map(([value, words]) => h('option', { value }, words)));
}
