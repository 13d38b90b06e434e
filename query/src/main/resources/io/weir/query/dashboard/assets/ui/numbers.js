/** Formats numbers and durations. */

const WHOLE = new Intl.NumberFormat();
const SHORT = new Intl.NumberFormat(undefined, { notation: 'compact', maximumFractionDigits: 1 });
const VALUE = new Intl.NumberFormat(undefined, { maximumSignificantDigits: 6 });
const RATE = new Intl.NumberFormat(undefined, { maximumFractionDigits: 1 });
const NOTHING = '–';

const UNITS = [['s', 60], ['min', 60], ['h', 48], ['d', Infinity]];
const SIZES = [1, 60, 3600, 86400];

/** Formats a count with all digits. */
export const count = (n) => (n === null || n === undefined ? NOTHING : WHOLE.format(n));

/** Formats a count in short form. */
export const short = (n) => (n === null || n === undefined ? NOTHING : SHORT.format(n));

export const rate = (n) => (n >= 100 ? WHOLE.format(Math.round(n)) : RATE.format(n));

/** Formats a value with six digits, or with an exponent if it is very large or small. */
export function value(x) {
  if (x === null || x === undefined) {
    return NOTHING;
  }
  const size = Math.abs(x);
  return size !== 0 && (size < 1e-4 || size >= 1e9) ? x.toExponential(4) : VALUE.format(x);
}

/** Formats a share in percent; a small positive share is never shown as 0. */
export function percent(part, whole) {
  const share = whole === 0 ? 0 : (100 * part) / whole;
  return share > 0 && share < 0.01 ? '< 0.01 %' : `${share.toFixed(share >= 10 || share === 0 ? 1 : 2)} %`;
}

/** Formats a duration in its largest unit: "3 s", "12 min". */
export function duration(milliseconds) {
  const seconds = Math.max(0, milliseconds) / 1000;
  const unit = UNITS.findIndex(([, limit], index) => seconds / SIZES[index] < limit);
  return `${Math.floor(seconds / SIZES[unit])} ${UNITS[unit][0]}`;
}

/** Formats the age of a time; a time ahead of this clock is shown as "ahead". */
export function ago(time, now = Date.now()) {
  if (time === null || time === undefined) {
    return NOTHING;
  }
  const age = now - Date.parse(time);
  return age < -1500 ? `${duration(-age)} ahead` : `${duration(age)} ago`;
}
