#!lua
-- A message that nothing can be done with leaves its lane and is kept for a person to read, so that the lane goes on.
--
-- KEYS[1] the station's tag
-- ARGV[1] conversation
-- ARGV[2] uid
-- ARGV[3] reason
-- ARGV[4] how many deliveries it had
-- ARGV[5] now in ms, or '' for Redis' own clock
--
-- Result: 'aside' | 'gone' (not the head any more)
local tag, conversation, uid, reason, deliveries = KEYS[1], ARGV[1], ARGV[2], ARGV[3], ARGV[4]
local now = tonumber(ARGV[5])
if not now then
  local time = redis.call('TIME')
  now = time[1] * 1000 + math.floor(time[2] / 1000)
end
local lane = tag .. ':in:lane:' .. conversation
local head = redis.call('LINDEX', lane, 0)
if not head or string.sub(head, 1, #uid + 1) ~= uid .. '\n' then return 'gone' end

redis.call('HSET', tag .. ':in:failed:' .. uid, 'entry', head, 'conversation', conversation, 'reason', reason,
  'attempts', deliveries)
redis.call('EXPIRE', tag .. ':in:failed:' .. uid, 30 * 86400)
redis.call('ZADD', tag .. ':in:failed', now, uid)
redis.call('ZREMRANGEBYSCORE', tag .. ':in:failed', '-inf', now - 30 * 86400000)
redis.call('LPOP', lane)
redis.call('HDEL', tag .. ':in:deliveries', uid)
if redis.call('EXISTS', lane) == 1 then
  redis.call('ZADD', tag .. ':in:ready', now, conversation)
else
  redis.call('ZREM', tag .. ':in:ready', conversation)
end
return 'aside'
