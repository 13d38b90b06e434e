import { h, region } from '../ui/element.js';
import { count, percent } from '../ui/numbers.js';
import { clock } from '../ui/times.js';

/** The ledger: received = stored + duplicate + rejected, and the rejected readings by reason. */
export function ledgerPanel() {
  const verdict = region(h('span', { class: 'small' }), balance);
  const body = region(h('div', { class: 'panel-body' }), ({ totals }) => [equation(totals), proportions(totals), reasons(totals)]);
  const element = h('section', { class: 'panel ledger', 'aria-labelledby': 'ledger-title' },
    h('header', {}, h('h2', { id: 'ledger-title' }, 'Ledger'), verdict.element),
    body.element);
  body.element.textContent = 'The ledger has not been read yet.';
  return {
    element,
    show(ledger, condition) {
      verdict.show(ledger.totals, condition);
      body.show(ledger);
    },
  };
}

const rejected = (totals) => Object.values(totals.rejected).reduce((sum, n) => sum + n, 0);

/** An old ledger says nothing about the readings that have come since. */
function balance(totals, { isFresh, since }) {
  if (!isFresh) {
    return since && h('span', { class: 'stale' }, `As of ${clock(since)}`);
  }
  const difference = totals.received - totals.stored - totals.duplicate - rejected(totals);
  return difference === 0
    ? h('span', { class: 'good' }, '✓ Every reading is accounted for')
    : h('span', { class: 'bad' }, `${count(difference)} readings are not accounted for: run ./weir verify`);
}

function equation(totals) {
  return h('dl', { class: 'equation' },
    term('received', totals.received, ''),
    term('stored', totals.stored, '='),
    term('duplicate', totals.duplicate, '+'),
    term('rejected', rejected(totals), '+'));
}

function term(name, n, sign) {
  return h('div', { class: `term ${n > 0 ? name : ''}` },
    h('dt', {}, sign && h('span', { class: 'sign', 'aria-hidden': 'true' }, sign), name),
    h('dd', {}, count(n)));
}

function proportions(totals) {
  const parts = { stored: totals.stored, duplicate: totals.duplicate, rejected: rejected(totals) };
  return h('div', { class: 'proportions', 'aria-hidden': 'true' },
    Object.entries(parts).filter(([, n]) => n > 0).map(([name, n]) => h('i', { class: name, vars: { '--share': n } })));
}

function reasons(totals) {
  const entries = Object.entries(totals.rejected).filter(([, n]) => n > 0).sort(([, a], [, b]) => b - a);
  if (entries.length === 0) {
    return h('p', { class: 'soft small reasons-title' }, 'Nothing was rejected.');
  }
  return [
    h('h3', { class: 'reasons-title small soft' }, 'Rejected by reason'),
    h('ul', { class: 'reasons' }, entries.map(([reason, n]) => h('li', { vars: { '--share': n / entries[0][1] } },
      h('a', { href: `#/rejected?reason=${encodeURIComponent(reason)}` }, reason),
      h('span', { class: 'number' }, count(n)),
      h('span', { class: 'number soft' }, percent(n, totals.received))))),
  ];
}
