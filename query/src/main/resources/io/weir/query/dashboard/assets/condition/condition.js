/** What the page may claim about the system. Pure functions of what the server last answered. */

const NAMES = { kafka: 'Kafka', cassandra: 'Cassandra', pipeline: 'Pipeline' };
const UNAVAILABLE = 503;

/**
 * The condition of the system.
 *
 * @param report {parts} of the latest answer of /health/parts, or {error} if it failed; null before the first one
 * @param seen when the tables last answered, as far as this page knows; null if it does not
 * @param stream whether the stream of events is connected; null for a view without one
 * @returns parts: each with its name, state and detail; isFresh: whether the figures on the page are of now; since: of
 *     when they are if not, null if unknown; indicator: {state, words}; banner: {state, title, what, remedy}, or null
 */
export function condition(report, seen, stream) {
  const parts = Object.entries(NAMES).map(([part, name]) => ({ name, ...partOf(report, part) }));
  const [kafka, cassandra, pipeline] = parts;
  const isFresh = cassandra.state === 'up';
  const since = isFresh ? null : seen;
  return { parts, isFresh, since, indicator: indicator(report, isFresh, stream), banner: banner(report, { kafka, cassandra, pipeline }, since) };
}

function partOf(report, part) {
  const known = report?.parts?.[part];
  return known ? { state: known.state, detail: known.detail } : { state: 'unknown', detail: '' };
}

function indicator(report, isFresh, stream) {
  if (report === null || (isFresh && stream === null)) {
    return null;
  }
  if (!isFresh) {
    return { state: 'stale', words: 'Not up to date' };
  }
  return stream ? { state: 'up', words: 'Live' } : { state: 'stale', words: 'Reconnecting' };
}

/** The first cause of what is wrong: what follows from it is not told beside it. */
function banner(report, { kafka, cassandra, pipeline }, since) {
  if (report === null) {
    return null;
  }
  if (report.error) {
    return unanswered(report.error, since);
  }
  if (cassandra.state !== 'up') {
    const isDown = cassandra.state === 'down';
    return {
      state: cassandra.state,
      title: isDown ? 'Cassandra does not answer' : 'Cassandra has not answered for some seconds',
      what: ['Nothing newer can be read.', kafka.state === 'up' && 'Kafka keeps the readings that come meanwhile; they are stored when Cassandra is back.'],
      remedy: 'Start Cassandra, or look into its log: docs/how-to/troubleshoot.md, “The store is down”. This page continues by itself.',
    };
  }
  if (kafka.state === 'down' || kafka.state === 'stale') {
    return {
      state: kafka.state,
      title: kafka.state === 'down' ? 'Kafka does not answer' : 'Kafka has not answered for some seconds',
      what: ['The lag of the sources is unknown, and no new readings come in. What is stored is shown as it is.'],
      remedy: 'Start Kafka, or look into its log: docs/how-to/troubleshoot.md, “Kafka is down”.',
    };
  }
  if (pipeline.state === 'down') {
    return {
      state: 'down',
      title: 'The pipeline does not keep up',
      what: [`${upper(pipeline.detail)}.`],
      remedy: 'Run ./weir status to see which query fails and why: docs/how-to/troubleshoot.md, “The lag grows” and “A query is failing”.',
    };
  }
  return null;
}

function unanswered(error, since) {
  if (error.status === 0) {
    return {
      state: 'down',
      title: 'Weir does not answer',
      what: ['The state of Kafka, Cassandra and the pipeline is unknown.'],
      remedy: 'Is it running? Start it with ./weir up. This page continues by itself.',
    };
  }
  return {
    state: 'unknown',
    title: 'The state of the system is unknown',
    what: [error.status === UNAVAILABLE ? 'Cassandra does not answer, so that the server cannot even check your token.' : error.message],
    remedy: since ? 'This page asks again by itself.' : 'Look into the log of ./weir api: docs/how-to/troubleshoot.md.',
  };
}

const upper = (text) => text.charAt(0).toUpperCase() + text.slice(1);
