/** The page: selects the view by the address (#/explore?device=d-17). */
import { get } from './api/client.js';
import { signOut, token } from './api/session.js';
import { banner, indicator } from './condition/banner.js';
import { streamIs, watchCondition } from './condition/watch.js';
import { h, region, replace } from './ui/element.js';
import { failure } from './ui/notice.js';
import { themeSwitch } from './ui/theme-switch.js';

/** A view is a module with `title` and `mount(context)`, which returns a callback for changes of the address. */
const VIEWS = {
  overview: () => import('./overview/view.js'),
  devices: () => import('./devices/view.js'),
  explore: () => import('./explore/view.js'),
  rejected: () => import('./rejected/view.js'),
};
const FIRST = 'overview';

const main = document.getElementById('main');
const always = new AbortController().signal;
let current = { name: null, update: () => {}, stop: new AbortController() };

document.querySelector('.skip-link').addEventListener('click', (event) => {
  event.preventDefault();
  main.focus();
});
replace(document.getElementById('bar-end'), indicator(always), signOutButton(), themeSwitch());
main.before(banner(always));
watchCondition();
addEventListener('hashchange', route);
route();

async function route() {
  const { name, query } = place();
  markCurrent(name);
  if (name === current.name) {
    current.update(query);
    return;
  }
  current.stop.abort();
  const isFirst = current.name === null;
  const stop = new AbortController();
  current = { name, update: () => {}, stop };
  streamIs(null);
  try {
    const [view, about] = await Promise.all([VIEWS[name](), get('/about', {}, stop.signal)]);
    if (!stop.signal.aborted) {
      hideForbidden(about);
      await show(view, { query: place().query, about, stop, isFirst });
    }
  } catch (error) {
    if (!stop.signal.aborted) {
      replace(main, failure(error, () => location.reload()));
    }
  }
}

/** Rejected readings belong to no group, so a token that is limited to groups cannot see them. */
function hideForbidden({ groups }) {
  document.querySelector('.bar nav a[href="#/rejected"]').hidden = groups !== null;
}

async function show(view, { query, about, stop, isFirst }) {
  const heading = h('h1', { tabindex: '-1' }, view.title);
  const head = h('div', { class: 'view-head' }, heading);
  replace(main, head);
  document.title = `${view.title} · Weir`;
  if (!isFirst) {
    heading.focus();
  }
  const mounted = await view.mount({
    head, query, about,
    signal: stop.signal,
    host: main,
    navigate,
    connected: streamIs,
  });
  current.update = mounted?.update ?? (() => {});
}

/** Writes the view's state into the address, as a new history entry or in place of the current one. */
function navigate(query, { replacing = false } = {}) {
  const hash = `#/${current.name}${query.size ? `?${query}` : ''}`;
  if (hash === location.hash) {
    return;
  }
  history[replacing ? 'replaceState' : 'pushState'](null, '', hash);
  current.update(query);
}

function place() {
  const [, name, query] = location.hash.match(/^#\/(\w+)(?:\?(.*))?$/) ?? [];
  return { name: name in VIEWS ? name : FIRST, query: new URLSearchParams(query) };
}

function markCurrent(name) {
  for (const link of document.querySelectorAll('.bar nav a')) {
    link.toggleAttribute('aria-current', false);
    if (link.hash === `#/${name}`) {
      link.setAttribute('aria-current', 'page');
    }
  }
}

/** Shows the button "Sign out" if there is a token. */
function signOutButton() {
  const place = region(h('span'), () => token() && h('button', { class: 'button', type: 'button', onclick: signOut }, 'Sign out'));
  document.addEventListener('signedin', place.show);
  place.show();
  return place.element;
}
