/** The chart of one metric: the plot and, below it, the values at the cursor or over the whole span. */
import { announce } from '../ui/announce.js';
import { h, region } from '../ui/element.js';
import { count } from '../ui/numbers.js';
import { points } from './columns.js';
import { gestures } from './gestures.js';
import { windowLength, windowsOf } from './means.js';
import { dataOf, fieldsOf, plot } from './plot.js';
import { readout, spoken } from './readout.js';
import { named } from './resolutions.js';

const LINES = [['band', 'min–max'], ['p50', 'p50'], ['p95', 'p95'], ['p99', 'p99']];
const HINT = 'Left and right move the cursor, with Shift they move the span, plus and minus zoom. The table view has the same values.';

/**
 * @param metric its name
 * @param choose called with the span after zooming or panning
 */
export function chart(metric, choose) {
  const stage = h('div', { class: 'stage', tabindex: '0', role: 'application', 'aria-roledescription': 'chart', 'aria-description': HINT });
  const kind = h('span', { class: 'soft small' });
  const legend = region(h('span', { class: 'legend soft small' }), (lines) => lines.map(entry));
  const numbers = readout(metric);
  const element = h('section', { class: 'panel chart', 'aria-label': metric },
    h('header', {}, h('h2', {}, metric), h('span', {}, kind, legend.element)), stage, numbers.element);
  const hands = gestures({ span: () => model, preview, choose, moveCursor, clearCursor });
  let model = null;
  let drawn = null;
  let shape = null;

  hands.hooks.setCursor = [(u) => showNumbers(u.cursor.left >= 0 ? u.posToVal(u.cursor.left, 'x') : null)];
  hands.listen(stage);
  const resizing = new ResizeObserver(() => drawn?.setSize(size()));
  resizing.observe(stage);
  return { element, show, redraw, remove };

  function show(next) {
    const shown = next.isRaw && next.by === 'group' ? asMeans(next) : next;
    model = { ...shown, points: shown.series.map((series) => points(series, shown.from)) };
    kind.textContent = described(model);
    legend.show(linesOf(model));
    stage.setAttribute('aria-label', `${metric}: ${described(model)}`);
    const newShape = JSON.stringify([fieldsOf(model), model.series.map(({ name }) => name), model.zone]);
    if (newShape === shape) {
      drawn.setData(dataOf(model));
    } else {
      shape = newShape;
      redraw();
    }
    showNumbers(null);
  }

  function redraw() {
    drawn?.destroy();
    drawn = plot(model, () => model, size(), hands, stage);
  }

  function preview({ from, to }) {
    Object.assign(model, { from, to });
    drawn.setScale('x', { min: from, max: to });
  }

  function showNumbers(time) {
    numbers.show(model, time);
  }

  /** Moves the cursor to the next drawn point, and announces its values. */
  function moveCursor(steps) {
    const times = drawn.data[0].filter((time) => time >= model.from && time < model.to);
    const now = drawn.cursor.left >= 0 ? drawn.posToVal(drawn.cursor.left, 'x') : null;
    const isBack = steps < 0;
    const next = now === null ? times.at(-1) : isBack ? times.findLast((time) => time < now - 1) : times.find((time) => time > now + 1);
    if (next !== undefined) {
      drawn.setCursor({ left: drawn.valToPos(next, 'x'), top: 0 });
      announce(spoken(model, next));
    }
  }

  function clearCursor() {
    drawn.setCursor({ left: -10, top: -10 });
  }

  function size() {
    return { width: Math.max(200, stage.clientWidth), height: stage.clientHeight };
  }

  function remove() {
    resizing.disconnect();
    drawn?.destroy();
  }
}

/** A group's readings are of several devices, so a line draws the mean of each window, with the range of its readings. */
function asMeans(model) {
  const length = windowLength(model.series.flatMap(({ readings }) => readings));
  const series = model.series.map((each) => ({ ...each, windows: windowsOf(each.readings, length) }));
  return { ...model, series, isRaw: false, meansOf: length };
}

/** What is drawn of each series. The colours of the series are those of the values beneath. */
function linesOf({ isRaw, show }) {
  return isRaw ? [] : [['mean', 'mean'], ...LINES.filter(([name]) => show.includes(name))];
}

function entry([name, words]) {
  return h('span', {}, h('i', { class: `swatch ${name}`, 'aria-hidden': 'true' }), words);
}

function described({ isRaw, resolution, series, meansOf }) {
  const items = series.reduce((sum, { windows, readings }) => sum + (readings ?? windows).length, 0);
  if (meansOf) {
    return `${count(items)} raw readings, as means of ${meansOf / 1000} s`;
  }
  return isRaw ? `${count(items)} raw readings` : `${count(items)} ${named(resolution)} windows`;
}
