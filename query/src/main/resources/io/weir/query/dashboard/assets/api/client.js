/** The API client; all views send their requests through it. */
import { token, askForToken } from './session.js';

const BASE = 'api/v1';
const UNAUTHORIZED = 401;

/** The statuses of a server that is away, and of one that cannot reach a part of the system: the banner tells of both. */
export const UNANSWERED = [0, 503];

/** The server's problem response (RFC 9457); status 0 if the server does not answer. */
export class Problem extends Error {
  constructor({ title, detail, status, parameter }) {
    super(detail ?? title);
    Object.assign(this, { title, detail, status, parameter });
  }
}

/** The URL of a request. Parameters with lists are repeated; parameters without a value are omitted. */
export function address(path, parameters = {}) {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) {
    for (const one of [value].flat()) {
      if (one !== null && one !== undefined && one !== '') {
        query.append(name, one);
      }
    }
  }
  return `${BASE}${path}${query.size ? `?${query}` : ''}`;
}

/** Sends a GET request for JSON. */
export async function get(path, parameters, signal) {
  return (await send(address(path, parameters), { signal })).json();
}

export async function post(path, body, signal) {
  const headers = { 'Content-Type': 'application/json' };
  return (await send(address(path), { method: 'POST', body: JSON.stringify(body), headers, signal })).json();
}

/** Sends a request with the token; asks the user for a token as long as the server rejects it. */
export async function send(url, options = {}) {
  const sent = token();
  const headers = { ...options.headers, ...(sent && { Authorization: `Bearer ${sent}` }) };
  const response = await reach(url, { ...options, headers });
  if (response.ok) {
    return response;
  }
  if (response.status === UNAUTHORIZED && (token() !== sent || (await askForToken(sent !== null)))) {
    return send(url, options);
  }
  throw new Problem(await described(response));
}

async function reach(url, options) {
  try {
    return await fetch(url, options);
  } catch (error) {
    if (error.name === 'AbortError') {
      throw error;
    }
    throw new Problem({ title: 'Weir does not answer', detail: `No answer from ${location.host}.`, status: 0 });
  }
}

async function described(response) {
  const standard = { title: response.statusText || `Status ${response.status}`, status: response.status };
  const isProblem = response.headers.get('Content-Type')?.startsWith('application/problem+json');
  return isProblem ? { ...standard, ...(await response.json()) } : standard;
}
