-- For wrk: asks for the paths that are its arguments, one after the other, and tells in one line what came of it.

local requests = {}
local at = 0

function init(args)
  for i, path in ipairs(args) do
    requests[i] = wrk.format("GET", path)
  end
end

function request()
  at = at % #requests + 1
  return requests[at]
end

-- Of failures, status counts answers from 400; latencies are microseconds.
function done(summary, latency)
  local errors = summary.errors
  print(string.format(
    "paths.lua requests=%d micros=%d connect=%d read=%d write=%d timeout=%d status=%d p50=%d p99=%d max=%d",
    summary.requests, summary.duration,
    errors.connect, errors.read, errors.write, errors.timeout, errors.status,
    latency:percentile(50), latency:percentile(99), latency.max))
end
