/** The resolutions of the API. */

const MINUTE = 60_000;
const DAY = 86_400_000;

/** For the toolbar: the value and its name. */
export const RESOLUTIONS = [
  ['auto', 'Automatic'], ['raw', 'Raw readings'], ['5m', '5 minutes'], ['10m', '10 minutes'], ['15m', '15 minutes'], ['30m', '30 minutes'],
  ['hour', 'Hours'], ['day', 'Days'], ['week', 'Weeks'], ['month', 'Months'], ['quarter', 'Quarters'], ['year', 'Years'],
];

/** The maximum length of a window in any time zone. */
export const LONGEST = {
  '5m': 5 * MINUTE, '10m': 10 * MINUTE, '15m': 15 * MINUTE, '30m': 30 * MINUTE,
  hour: 120 * MINUTE, day: 1.5 * DAY, week: 7.5 * DAY, month: 32 * DAY, quarter: 93 * DAY, year: 367 * DAY,
};

/** The resolution of the windows whose changes are streamed: the finest stored one, which changes whenever these do. */
export const STREAMED = {
  raw: 'hour', '5m': 'hour', '10m': 'hour', '15m': 'hour', '30m': 'hour',
  hour: 'hour', day: 'day', week: 'day', month: 'month', quarter: 'month', year: 'month',
};

const NAMES = { '5m': '5-minute', '10m': '10-minute', '15m': '15-minute', '30m': '30-minute' };

/** As in "12 hour windows". */
export const named = (resolution) => NAMES[resolution] ?? resolution;
