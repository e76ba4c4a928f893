#!lua
-- Puts a line that was given up back at the end of its lane, as if it had just been said.
--
-- KEYS[1] the station's tag
-- ARGV[1] id of the entry
-- ARGV[2] channel of its first way
-- ARGV[3] the process that asks for it
-- ARGV[4] now in ms, or '' for Redis' own clock
--
-- Result: 'retried' | 'waiting' (it was not given up) | 'unknown'
local tag, id, channel, process = KEYS[1], ARGV[1], ARGV[2], ARGV[3]
local now = tonumber(ARGV[4])
if not now then
  local time = redis.call('TIME')
  now = time[1] * 1000 + math.floor(time[2] / 1000)
end
local key = tag .. ':out:entry:' .. id
local fields = redis.call('HMGET', key, 'urgent', 'failed')
if not fields[1] then return 'unknown' end
if not fields[2] then return 'waiting' end

redis.call('HSET', key, 'channel', channel, 'way', '0', 'attempts', '0', 'doubts', '0', 'begun', '')
redis.call('HDEL', key, 'failed')
redis.call('PERSIST', key)
redis.call('ZREM', tag .. ':out:failed', id)
redis.call('ZADD', tag .. ':out:waiting', now, id)
redis.call('RPUSH', tag .. ':out:lane:' .. channel .. (fields[1] == '1' and ':urgent' or ':normal'), id)
-- Lanes that go out over a socket stand apart: only the process which holds it may take them.
local socket = string.match(channel, '^[^:]+:socket')
redis.call('ZADD', tag .. ':out:ready' .. (socket and ':' .. socket or ''), 'LT', now, channel)
redis.call('PUBLISH', tag .. ':wake', 'out ' .. process)
return 'retried'
