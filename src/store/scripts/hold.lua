#!lua flags=allow-oom
-- Takes a lease, or keeps the one that is held already.
--
-- KEYS[1] the station's tag
-- ARGV[1] what is held: the key behind the tag
-- ARGV[2] the process that wants to hold it
-- ARGV[3] for how long, ms
--
-- Result: 1 if it is held by this process now, 0 if by another one
local key, process = KEYS[1] .. ARGV[1], ARGV[2]
local holder = redis.call('GET', key)
if holder and holder ~= process then return 0 end
redis.call('SET', key, process, 'PX', ARGV[3])
return 1
