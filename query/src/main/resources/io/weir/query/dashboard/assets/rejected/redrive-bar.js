import { get, post } from '../api/client.js';
import { ask } from '../ui/dialog.js';
import { h, region } from '../ui/element.js';
import { failure } from '../ui/notice.js';
import { count } from '../ui/numbers.js';

/** Publishes the selected rejected readings, or all of one reason, again after a confirmation. */
export function redriveBar({ about, signal, done }) {
  const bar = region(h('div', { class: 'together redrive' }), render);
  const outcome = region(h('div', { role: 'status' }), (content) => content);
  return { element: h('div', {}, bar.element, outcome.element), show: bar.show };

  /** @param isPossible whether a redrive can change anything about a listed reading */
  function render(query, picked, isPossible) {
    if (!isPossible) {
      return null;
    }
    if (about.authentication !== 'none' && about.scope !== 'admin') {
      return h('p', { class: 'soft small' }, 'Redriving requires a token with the scope admin.');
    }
    const reasons = query.getAll('reason');
    const span = query.get('from');
    const isWhole = reasons.length === 1 && !query.get('search');
    return [
      h('button', { class: 'button', type: 'button', disabled: picked.size === 0, onclick: () => redriveThese([...picked]) },
        picked.size === 0 ? 'Redrive selected' : `Redrive ${count(picked.size)} selected`),
      isWhole && h('button', { class: 'button', type: 'button', onclick: () => redriveAll(reasons[0], span) },
        `Redrive all open ${reasons[0]}…`),
      h('p', { class: 'soft small' }, 'Redrive after you have fixed the cause. A reading that is still bad is rejected again.'),
    ];
  }

  function redriveThese(chosen) {
    const body = { readings: chosen.map(({ topic, partition, offset, index }) => ({ topic, partition, offset, index })) };
    return redrive(named({ count: chosen.length }), '', body);
  }

  async function redriveAll(reason, from) {
    try {
      const found = await get('/rejected/count', { reason, from, redriven: false }, signal);
      const which = `: all open ones that were rejected as ${reason}${from ? ` since ${from.slice(1)} ago` : ''}`;
      await redrive(named(found), which, { reason, ...(from && { from }) });
    } catch (error) {
      outcome.show(failure(error));
    }
  }

  async function redrive(what, which, body) {
    const isSure = await ask({
      title: 'Redrive?',
      body: [h('p', {}, `This publishes ${what} again${which}. Each goes to the partition that it came from.`),
        h('p', { class: 'soft' }, 'A reading that is already stored counts as a duplicate, so nothing is stored twice.')],
      action: 'Redrive',
    });
    if (!isSure) {
      return;
    }
    outcome.show(h('p', { class: 'soft' }, 'Publishing…'));
    try {
      const { redriven, left, reasons } = await post('/rejected/redrive', body, signal);
      outcome.show(h('p', { class: 'outcome' }, h('strong', {}, `${count(redriven)} published again`),
        left > 0 && `, ${count(left)} left: ${Object.keys(reasons).join(', ')}`));
      done();
    } catch (error) {
      outcome.show(failure(error));
    }
  }
}

function named({ count: n, more = false }) {
  return `${more ? 'more than ' : ''}${count(n)} rejected ${n === 1 ? 'reading' : 'readings'}`;
}
