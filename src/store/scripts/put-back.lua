#!lua flags=allow-oom
-- Gives a lent lane back without an effect: the message stays at its head. It makes nothing larger, so that it works
-- when memory is full: the message that could not be committed then must not be counted for it.
--
-- KEYS[1] the station's tag
-- ARGV[1] conversation
-- ARGV[2] token of the lease
-- ARGV[3] uid of the message
-- ARGV[4] pause before it may be taken again, ms, at most 60 s
-- ARGV[5] '1' if this delivery was not the message's fault (it does not count), '' otherwise
-- ARGV[6] now in ms, or '' for Redis' own clock
--
-- Result: 'back' | 'late' (the lease was over; somebody else holds it)
local tag, conversation, token, uid, pause = KEYS[1], ARGV[1], ARGV[2], ARGV[3], tonumber(ARGV[4])
local now = tonumber(ARGV[6])
if not now then
  local time = redis.call('TIME')
  now = time[1] * 1000 + math.floor(time[2] / 1000)
end
local ready, counts = tag .. ':in:ready', tag .. ':in:deliveries'
-- Late or not; a message that has been done meanwhile has no count any more.
if ARGV[5] == '1' and tonumber(redis.call('HGET', counts, uid) or '0') > 0 then
  redis.call('HINCRBY', counts, uid, -1)
end
local held = redis.call('ZSCORE', ready, conversation)
if not held or string.format('%.0f', held) ~= token then return 'late' end
redis.call('ZADD', ready, string.format('%.0f', now + pause), conversation)
return 'back'
