#!lua flags=allow-oom
-- Gives a lease back, if it is still this process' own.
--
-- KEYS[1] the station's tag
-- ARGV[1] what is held: the key behind the tag
-- ARGV[2] the process that held it
--
-- Result: 1 if it was given back, 0 if it had been another's by then
local key = KEYS[1] .. ARGV[1]
if redis.call('GET', key) ~= ARGV[2] then return 0 end
redis.call('DEL', key)
return 1
