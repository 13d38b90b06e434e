/** Follows the server's events. Uses fetch, because EventSource cannot send the token. */
import { Problem, address, send } from './client.js';

const FIRST_PAUSE = 500;
const LONGEST_PAUSE = 15_000;

/**
 * Calls the handler with the name of each event with its data, and `connected(true|false)` as the stream connects and
 * disconnects, until the signal is aborted. Reopens a broken stream, but not one that is refused permanently.
 */
export async function follow(parameters, handlers, signal) {
  let pause = FIRST_PAUSE;
  while (!signal.aborted) {
    try {
      const response = await send(address('/stream', parameters), { signal, headers: { Accept: 'text/event-stream' } });
      handlers.connected?.(true);
      pause = FIRST_PAUSE;
      await readEvents(response.body, handlers);
    } catch (error) {
      if (error instanceof Problem && [400, 401, 403, 404].includes(error.status)) {
        return handlers.connected?.(false);
      }
    }
    if (!signal.aborted) {
      handlers.connected?.(false);
      await rest(pause, signal);
      pause = Math.min(LONGEST_PAUSE, pause * 2);
    }
  }
}

async function readEvents(body, handlers) {
  let rest = '';
  for await (const text of chunks(body.pipeThrough(new TextDecoderStream()))) {
    const events = (rest + text).split(/\r?\n\r?\n/);
    rest = events.pop();
    events.forEach((event) => dispatch(event, handlers));
  }
}

/** Not every browser supports iterating over a stream. */
async function* chunks(stream) {
  const reader = stream.getReader();
  for (let next = await reader.read(); !next.done; next = await reader.read()) {
    yield next.value;
  }
}

function dispatch(event, handlers) {
  let name = 'message';
  const data = [];
  for (const line of event.split(/\r?\n/)) {
    const [, field, value] = line.match(/^(\w+): ?(.*)$/) ?? [];
    if (field === 'event') {
      name = value;
    } else if (field === 'data') {
      data.push(value);
    }
  }
  if (data.length > 0) {
    handlers[name]?.(JSON.parse(data.join('\n')));
  }
}

function rest(milliseconds, signal) {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds);
    signal.addEventListener('abort', () => { clearTimeout(timer); resolve(); }, { once: true });
  });
}
