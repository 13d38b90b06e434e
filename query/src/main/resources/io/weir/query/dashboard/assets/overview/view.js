/** The overview: the ledger, the rate, the sources, the busiest groups, and the health of the parts. */
import { UNANSWERED, get } from '../api/client.js';
import { follow } from '../api/stream.js';
import { latestCondition, onCondition } from '../condition/watch.js';
import { h, region } from '../ui/element.js';
import { busiestGroups } from './busiest-groups.js';
import { firstReading } from './first-reading.js';
import { health } from './health.js';
import { ledgerPanel } from './ledger-panel.js';
import { RateMeter } from './rate-meter.js';
import { ownGroups } from './own-groups.js';
import { ratePanel } from './rate-panel.js';
import { silentDevices } from './silent-devices.js';
import { sourcesPanel } from './sources-panel.js';

export const title = 'Overview';

const SECOND = 1000;

export async function mount({ head, host, about, signal, connected }) {
  const meter = new RateMeter();
  const welcome = region(h('div'), (isFresh) => isFresh && firstReading(about));
  const rate = ratePanel();
  const ledger = ledgerPanel();
  const sources = sourcesPanel();
  let latest = null;

  head.append(health(signal));
  if (about.groups !== null) {
    connected(null);
    host.append(h('div', { class: 'own-groups' }, ownGroups(about.groups, signal)));
    return;
  }
  host.append(welcome.element, silentDevices(signal), h('div', { class: 'overview' },
    rate.element, ledger.element, sources.element, busiestGroups(signal)));

  await first();
  follow({}, { ledger: take, connected }, signal);
  const timer = setInterval(tick, SECOND);
  signal.addEventListener('abort', () => clearInterval(timer));
  onCondition(draw, signal);

  /** While a part does not answer, the banner says so, and the stream brings the ledger as soon as there is one. */
  async function first() {
    try {
      take(await get('/ledger', {}, signal));
    } catch (error) {
      if (!UNANSWERED.includes(error.status)) {
        throw error;
      }
    }
  }

  function take(news) {
    latest = news;
    draw();
  }

  function draw() {
    if (latest) {
      welcome.show(latest.totals.received === 0);
      ledger.show(latest, latestCondition());
    }
    tick();
  }

  /** Updates the rate and all ages while no events arrive. A total that is not of now says nothing about the rate. */
  function tick() {
    const { isFresh } = latestCondition();
    if (latest && isFresh) {
      meter.add(latest.totals.received);
    } else {
      meter.pause();
    }
    rate.show(meter);
    if (latest) {
      sources.show(latest, isFresh);
    }
  }
}
