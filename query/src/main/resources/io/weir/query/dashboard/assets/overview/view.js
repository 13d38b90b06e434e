/** The overview: the ledger, the rate, the sources, the busiest groups, and the health of the parts. */
import { get } from '../api/client.js';
import { follow } from '../api/stream.js';
import { h, region } from '../ui/element.js';
import { failure } from '../ui/notice.js';
import { busiestGroups } from './busiest-groups.js';
import { firstReading } from './first-reading.js';
import { health } from './health.js';
import { ledgerPanel } from './ledger-panel.js';
import { RateMeter } from './rate-meter.js';
import { ratePanel } from './rate-panel.js';
import { sourcesPanel } from './sources-panel.js';

export const title = 'Overview';

const SECOND = 1000;

export async function mount({ head, host, about, signal, connected }) {
  const meter = new RateMeter();
  const welcome = region(h('div'), (isFresh) => isFresh && firstReading(about));
  const trouble = region(h('div'), (error) => error && failure(error));
  const rate = ratePanel();
  const ledger = ledgerPanel();
  const sources = sourcesPanel();
  let latest = null;

  head.append(health(signal));
  host.append(welcome.element, trouble.element, h('div', { class: 'overview' },
    rate.element, ledger.element, sources.element, busiestGroups(signal)));

  take(await get('/ledger', {}, signal));
  follow({}, { ledger: take, connected }, signal);
  const timer = setInterval(tick, SECOND);
  signal.addEventListener('abort', () => clearInterval(timer));

  function take(news) {
    latest = news;
    welcome.show(news.totals.received === 0);
    ledger.show(news);
    tick();
  }

  /** Updates the rate and all ages while no events arrive. */
  function tick() {
    meter.add(latest.totals.received);
    rate.show(meter);
    sources.show(latest);
    trouble.show(latest.logReachable === false ? LOG_UNREACHABLE : null);
  }
}

const LOG_UNREACHABLE = {
  title: 'Kafka does not answer',
  detail: 'The lag of the sources is unknown. The stored data are shown.',
};
