// Recomputes every rollup row from the raw rows, by the comments of setup.cql alone. Windows must be of zone UTC.
import cassandra from 'cassandra-driver';

const [address = '127.0.0.1:9042', keyspace = 'weir'] = process.argv.slice(2);
const client = new cassandra.Client({ contactPoints: [address], localDataCenter: 'datacenter1', keyspace });

const SCOPES = [
  { column: 'device', raw: 'raw_by_device' },
  { column: 'group', raw: 'raw_by_group' },
];
const RESOLUTIONS = {
  hour: { start: (t) => Date.UTC(t.getUTCFullYear(), t.getUTCMonth(), t.getUTCDate(), t.getUTCHours()),
          end: (t) => Date.UTC(t.getUTCFullYear(), t.getUTCMonth(), t.getUTCDate(), t.getUTCHours() + 1) },
  day: { start: (t) => Date.UTC(t.getUTCFullYear(), t.getUTCMonth(), t.getUTCDate()),
         end: (t) => Date.UTC(t.getUTCFullYear(), t.getUTCMonth(), t.getUTCDate() + 1) },
  month: { start: (t) => Date.UTC(t.getUTCFullYear(), t.getUTCMonth()),
           end: (t) => Date.UTC(t.getUTCFullYear(), t.getUTCMonth() + 1) },
};

const month = (t) => t.getUTCFullYear() * 100 + t.getUTCMonth() + 1;

let faults = 0;
function expect(truth, message) {
  if (!truth) {
    faults++;
    console.log('DIFFERENCE', message);
  }
}

async function rows(table) {
  const all = [];
  for await (const row of client.stream(`SELECT * FROM ${table}`, [], { prepare: true, autoPage: true })) {
    all.push(row);
  }
  return all;
}

function fold(readings) {
  readings.sort((a, b) => a.time - b.time || (a.device < b.device ? -1 : 1));
  const values = readings.map((r) => r.value);
  const sum = values.reduce((a, b) => a + b, 0);
  const mean = sum / values.length;
  return {
    count: values.length, sum, magnitude: values.reduce((a, b) => a + Math.abs(b), 0),
    min: values.reduce((a, b) => Math.min(a, b)), max: values.reduce((a, b) => Math.max(a, b)),
    squared: values.reduce((a, b) => a + (b - mean) ** 2, 0),
    first: readings[0], last: readings[readings.length - 1],
  };
}

const summary = {};
for (const { column, raw } of SCOPES) {
  const readings = await rows(raw);
  summary[raw] = readings.length;
  for (const [name, { start, end }] of Object.entries(RESOLUTIONS)) {
    const table = `${name}_by_${column}`;
    const windows = new Map();
    for (const r of readings) {
      const key = JSON.stringify([r[column], r.metric, start(r.time), r.source]);
      if (!windows.has(key)) windows.set(key, []);
      windows.get(key).push(r);
    }
    const rollups = await rows(table);
    summary[table] = rollups.length;
    for (const row of rollups) {
      const key = JSON.stringify([row[column], row.metric, row.window_start.getTime(), row.source]);
      const beneath = (windows.get(key) ?? []).filter((r) => r.offset.lessThanOrEqual(row.through_offset));
      windows.delete(key);
      const at = `${table} ${key}`;
      expect(beneath.length > 0, `${at}: no raw rows`);
      if (beneath.length === 0) continue;
      const e = fold(beneath);
      expect(row.count.toNumber() === e.count, `${at}: count ${row.count}, raw rows ${e.count}`);
      expect(Math.abs(row.sum + row.sum_compensation - e.sum) <= 1e-9 * e.magnitude, `${at}: sum`);
      expect(row.min === e.min && row.max === e.max, `${at}: min or max`);
      expect(Math.abs(row.squared_deviations - e.squared) <= 1e-6 * (e.squared + e.magnitude), `${at}: variance`);
      expect(row.first_time.getTime() === e.first.time.getTime() && row.first_value === e.first.value, `${at}: first`);
      expect(row.last_time.getTime() === e.last.time.getTime() && row.last_value === e.last.value, `${at}: last`);
      expect(row.window_end.getTime() === end(row.window_start), `${at}: window_end`);
      expect(row.bucket === month(row.window_start), `${at}: bucket ${row.bucket}`);
      expect(row.sketch[0] === 2, `${at}: format of the sketch`);
    }
    expect(windows.size === 0, `${table}: ${windows.size} windows have raw rows and no rollup row`);
  }
}
let received = 0, accounted = 0, stored = 0;
for (const ledger of await rows('ledger')) {
  received += ledger.received.toNumber();
  stored += ledger.stored.toNumber();
  accounted += ledger.stored.toNumber() + ledger.duplicate.toNumber();
  for (const count of Object.values(ledger.rejected ?? {})) accounted += count.toNumber();
}
expect(received === accounted, `ledger: received ${received}, accounted for ${accounted}`);
expect(stored === summary.raw_by_device && stored === summary.raw_by_group, `ledger: stored ${stored}`);
console.log(summary, { received, stored }, `${faults} differences`);
await client.shutdown();
process.exit(faults === 0 ? 0 : 1);
