-- wrk's side of a burst: sends the requests of a file in turn, prints one line of JSON.
-- wrk -s requests.lua URL -- FILE FIRST_NUMBER
--
-- The file holds whole HTTP requests with a zero byte after each; ten `#` stand for a number
-- that is used once, which keeps the length.

local requests = {}
local numbered = {}
local turn = 0
local number = 0

function init(args)
   local file = assert(io.open(args[1], "rb"))
   number = tonumber(args[2])
   for text in file:read("*a"):gmatch("([^%z]+)%z") do
      table.insert(requests, text)
      table.insert(numbered, text:find("##########", 1, true) ~= nil)
   end
   file:close()
end

function request()
   turn = turn % #requests + 1
   if not numbered[turn] then
      return requests[turn]
   end
   number = number + 1
   return (requests[turn]:gsub("##########", string.format("%010d", number)))
end

function done(summary, latency)
   local errors = summary.errors
   io.write(string.format(
      '\n{"requests":%d,"duration_us":%d,"p50_us":%d,"p99_us":%d,"errors":%d}\n',
      summary.requests, summary.duration, latency:percentile(50), latency:percentile(99),
      errors.connect + errors.read + errors.write + errors.status + errors.timeout))
end
