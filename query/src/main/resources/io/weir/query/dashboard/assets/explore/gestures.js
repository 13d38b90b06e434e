/**
 * Zooming and panning: drag to zoom in, Shift and drag to pan, Ctrl and wheel (or a pinch on a touchpad) to zoom,
 * double click to zoom out; on the keyboard + and − zoom, Shift and arrows pan, arrows alone move the cursor.
 */
import { moved, rounded, zoomed } from './spans.js';

const SETTLED = 180;

/**
 * @param chart {span(), preview(span), choose(span), moveCursor(steps), clearCursor()}: `preview` moves the drawing at
 *     once, `choose` loads the new span
 */
export function gestures(chart) {
  let settling = null;
  return { bind: { mousedown: dragging, dblclick: () => () => chart.choose(zoomed(chart.span(), 3)) }, hooks: { setSelect: [select] }, listen };

  /** uPlot handles drags as a selection; drags with Shift are handled here. */
  function dragging(u, target, begin) {
    return (event) => (event.shiftKey ? pan(u, event) : begin(event));
  }

  function select(u) {
    if (u.select.width > 2) {
      chart.choose(rounded(u.posToVal(u.select.left, 'x'), u.posToVal(u.select.left + u.select.width, 'x')));
    }
    u.setSelect({ left: 0, width: 0, top: 0, height: 0 }, false);
  }

  function pan(u, start) {
    const begun = chart.span();
    const stop = new AbortController();
    const at = (event) => moved(begun, (start.clientX - event.clientX) / u.over.clientWidth);
    addEventListener('mousemove', (event) => chart.preview(at(event)), { signal: stop.signal });
    addEventListener('mouseup', (event) => {
      stop.abort();
      chart.choose(at(event));
    }, { signal: stop.signal });
  }

  function listen(element) {
    element.addEventListener('keydown', press);
    element.addEventListener('wheel', wheel, { passive: false });
  }

  function wheel(event) {
    if (!event.ctrlKey && !event.metaKey) {
      return;
    }
    event.preventDefault();
    const { from, to } = chart.span();
    const { left, width } = event.currentTarget.querySelector('.u-over').getBoundingClientRect();
    const centre = from + ((to - from) * (event.clientX - left)) / width;
    chart.preview(zoomed({ from, to }, Math.exp(Math.max(-50, Math.min(50, event.deltaY)) / 150), centre));
    clearTimeout(settling);
    settling = setTimeout(() => chart.choose(chart.span()), SETTLED);
  }

  function press(event) {
    const action = event.ctrlKey || event.metaKey || event.altKey ? null : actionOf(event);
    if (action) {
      event.preventDefault();
      action();
    }
  }

  function actionOf({ key, shiftKey }) {
    const choose = (change, amount) => () => chart.choose(change(chart.span(), amount));
    return {
      ArrowLeft: shiftKey ? choose(moved, -0.5) : () => chart.moveCursor(-1),
      ArrowRight: shiftKey ? choose(moved, 0.5) : () => chart.moveCursor(1),
      '+': choose(zoomed, 0.5),
      '=': choose(zoomed, 0.5),
      '-': choose(zoomed, 2),
      Escape: () => chart.clearCursor(),
    }[key];
  }
}
