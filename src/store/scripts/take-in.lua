#!lua
-- Lends the heads of up to n conversations, each under a lease; a lane is never lent twice at once.
--
-- KEYS[1] the station's tag
-- ARGV[1] lease, ms
-- ARGV[2] how many lanes at most
-- ARGV[3] now in ms, or '' for Redis' own clock
--
-- Result: for each lane { conversation, token (when the lease ends), deliveries of this message, entry },
--         entry = uid \n received \n message JSON
local tag, lease, most = KEYS[1], tonumber(ARGV[1]), tonumber(ARGV[2])
local now = tonumber(ARGV[3])
if not now then
  local time = redis.call('TIME')
  now = time[1] * 1000 + math.floor(time[2] / 1000)
end
local ready = tag .. ':in:ready'
local taken = {}

local function lend(conversation)
  local entry = redis.call('LINDEX', tag .. ':in:lane:' .. conversation, 0)
  if not entry then
    redis.call('ZREM', ready, conversation)
    return
  end
  local token = string.format('%.0f', now + lease)
  redis.call('ZADD', ready, token, conversation)
  local uid = string.match(entry, '^[^\n]*')
  local deliveries = redis.call('HINCRBY', tag .. ':in:deliveries', uid, 1)
  taken[#taken + 1] = { conversation, token, tostring(deliveries), entry }
end

for _, conversation in ipairs(redis.call('ZRANGE', ready, '-inf', now, 'BYSCORE', 'LIMIT', 0, most)) do
  lend(conversation)
end
if #taken < most then
  -- A score further ahead than any lease or pause can be comes from a clock that was wrong: it counts as now.
  local beyond = string.format('(%.0f', now + 70000)
  for _, conversation in ipairs(redis.call('ZRANGE', ready, beyond, '+inf', 'BYSCORE', 'LIMIT', 0, most - #taken)) do
    lend(conversation)
  end
end
return taken
