/** Times in a time zone. */

const DAY = 86_400_000;
const formats = new Map();

/** Formats a time as "2026-03-29 01:30:00", with milliseconds if they are not zero. */
export function moment(time, zone) {
  const date = new Date(time);
  const { year, month, day, hour, minute, second } = parts(date, zone);
  const milliseconds = date.getTime() % 1000;
  return `${year}-${month}-${day} ${hour}:${minute}:${second}${milliseconds ? `.${String(milliseconds).padStart(3, '0')}` : ''}`;
}

/** Formats the time of day in the browser's zone, with the date unless it is today's. */
export function clock(time, now = Date.now()) {
  const text = moment(Math.floor(Date.parse(time) / 1000) * 1000, ownZone());
  return text.slice(0, 10) === moment(now, ownZone()).slice(0, 10) ? text.slice(11) : text;
}

/** The local time in the zone, to the second. */
export const wallText = (time, zone) => moment(Math.floor(time / 1000) * 1000, zone);

/** Parses a local time of the zone; returns the earlier instant of an ambiguous one, NaN for an invalid text. */
export function wallTime(text, zone) {
  const wall = /^\d{4}-\d\d-\d\d([ T]\d\d:\d\d(:\d\d(\.\d{1,3})?)?)?$/.test(text.trim())
    ? Date.parse(`${text.trim().replace(' ', 'T').replace(/^[\d-]{10}$/, '$&T00:00')}Z`) : NaN;
  if (Number.isNaN(wall)) {
    return NaN;
  }
  const before = wall - offset(wall - DAY, zone);
  return before + offset(before, zone) === wall ? before : wall - offset(wall + DAY, zone);
}

/** A date whose local hour and day are those of the zone. */
export function wallDate(time, zone) {
  const { year, month, day, hour, minute, second } = parts(new Date(time), zone);
  return new Date(year, month - 1, day, hour, minute, second, new Date(time).getMilliseconds());
}

/** The browser's time zone. */
export const ownZone = () => Intl.DateTimeFormat().resolvedOptions().timeZone;

function offset(time, zone) {
  const whole = Math.floor(time / 1000) * 1000;
  return Date.parse(`${wallText(whole, zone).replace(' ', 'T')}Z`) - whole;
}

function parts(date, zone) {
  if (!formats.has(zone)) {
    formats.set(zone, new Intl.DateTimeFormat('en-CA', {
      timeZone: zone, hourCycle: 'h23', year: 'numeric', month: '2-digit', day: '2-digit',
      hour: '2-digit', minute: '2-digit', second: '2-digit',
    }));
  }
  return Object.fromEntries(formats.get(zone).formatToParts(date).map(({ type, value }) => [type, value]));
}
