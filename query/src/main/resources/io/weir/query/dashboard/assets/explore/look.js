/** The style of series: colours of the theme in canvas format, and dashes when the colours are used up. */

const HUES = 6;
const DASHES = [undefined, [7, 4], [2, 3], [10, 3, 2, 3]];

/** The style of the series with this number, among all compared series. */
export function look(i) {
  return { hue: (i % HUES) + 1, dash: DASHES[Math.floor(i / HUES) % DASHES.length] };
}

const known = new Map();
document.addEventListener('themechange', () => known.clear());

/** A colour of the current theme. */
export function colour(name, alpha = 1) {
  if (!known.has(name)) {
    known.set(name, channels(name));
  }
  return `rgb(${known.get(name)} / ${alpha})`;
}

function channels(name) {
  const probe = document.createElement('i');
  probe.style.color = `var(--${name})`;
  document.body.append(probe);
  const [, parts] = getComputedStyle(probe).color.match(/^rgba?\(([^)]*)\)$/) ?? [null, '128, 128, 128'];
  probe.remove();
  return parts.split(/[ ,]+/).slice(0, 3).join(' ');
}
