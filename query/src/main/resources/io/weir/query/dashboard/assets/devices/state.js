/** The state of the page of devices, stored in the address: ?search=press&state=silent&sort=seen. */

export const STATES = ['online', 'late', 'silent', 'unknown'];
export const SORTS = [
  ['name', 'Name'], ['seen', 'Longest silent first'], ['-seen', 'Last seen first'],
  ['interval', 'Fastest first'], ['-interval', 'Slowest first'],
];
export const FIRST_SORT = 'name';

export function readState(query) {
  return {
    search: query.get('search') ?? '',
    group: query.get('group'),
    states: query.getAll('state').filter((state) => STATES.includes(state)),
    sort: SORTS.some(([sort]) => sort === query.get('sort')) ? query.get('sort') : FIRST_SORT,
  };
}

export function writeState({ search, group, states, sort }) {
  const query = new URLSearchParams();
  const put = (name, value) => value && query.append(name, value);
  put('search', search);
  put('group', group);
  states.forEach((state) => query.append('state', state));
  put('sort', sort !== FIRST_SORT && sort);
  return query;
}
