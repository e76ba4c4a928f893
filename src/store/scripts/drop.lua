#!lua flags=allow-oom
-- Forgets a line, whether it waits or was given up. Where it stands in a lane, take-out.lua clears it away.
--
-- KEYS[1] the station's tag
-- ARGV[1] id of the entry
--
-- Result: 'dropped' | 'unknown'
local tag, id = KEYS[1], ARGV[1]
local known = redis.call('DEL', tag .. ':out:entry:' .. id)
redis.call('ZREM', tag .. ':out:waiting', id)
redis.call('ZREM', tag .. ':out:failed', id)
return known == 1 and 'dropped' or 'unknown'
