/** Asks for the health of the system, and tells the page when its condition changes. */
import { get } from '../api/client.js';
import { every } from '../ui/every.js';
import { condition } from './condition.js';

const INTERVAL = 3000;
const PATIENCE = 10_000;

let report = null;
let seen = null;
let stream = null;
let latest = condition(report, seen, stream);

export const latestCondition = () => latest;

/** Calls the listener now, and whenever the condition changes. */
export function onCondition(listener, signal) {
  document.addEventListener('condition', () => listener(latest), { signal });
  listener(latest);
}

/** @param is whether the stream of events is connected; null for a view without one */
export function streamIs(is) {
  stream = is;
  tell();
}

/** Asks until the page is closed. */
export function watchCondition() {
  every(INTERVAL, new AbortController().signal, async () => {
    report = await ask();
    seen = report.parts?.cassandra.seen ?? seen;
    tell();
  });
}

async function ask() {
  try {
    return { parts: await get('/health/parts', {}, AbortSignal.timeout(PATIENCE)) };
  } catch (error) {
    return { error: error.name === 'TimeoutError' ? { status: 0, message: error.message } : error };
  }
}

function tell() {
  const next = condition(report, seen, stream);
  if (JSON.stringify(next) !== JSON.stringify(latest)) {
    latest = next;
    document.dispatchEvent(new Event('condition'));
  }
}
