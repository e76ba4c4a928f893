#!lua
-- Takes a message into the lane of its conversation, once, and stamps it with the desk clock.
--
-- KEYS[1] the station's tag; every other name is built from it
-- ARGV[1] uid: platform and the platform's message id, without a line break
-- ARGV[2] conversation
-- ARGV[3] the message as JSON
-- ARGV[4] how many may wait in one lane
-- ARGV[5] how long a uid is remembered, seconds
-- ARGV[6] the process that accepts (it wakes itself, the others are told)
-- ARGV[7] now in ms, or '' for Redis' own clock
--
-- Result: {'accepted'} | {'known'} | {'full', '1' when the person has not been told yet}
local tag, uid, conversation, json = KEYS[1], ARGV[1], ARGV[2], ARGV[3]
local most, remembered, process, given = tonumber(ARGV[4]), ARGV[5], ARGV[6], ARGV[7]

local now = tonumber(given)
if not now then
  local time = redis.call('TIME')
  now = time[1] * 1000 + math.floor(time[2] / 1000)
end
local lane = tag .. ':in:lane:' .. conversation
local waiting = redis.call('LLEN', lane)

if waiting >= most then
  if redis.call('EXISTS', tag .. ':seen:' .. uid) == 1 then return { 'known' } end
  local told = redis.call('SET', tag .. ':in:full:' .. conversation, '1', 'NX', 'EX', 600)
  return { 'full', told and '1' or '' }
end
local received = string.format('%.0f', now + (tonumber(redis.call('GET', tag .. ':clock') or '') or 0))
if not redis.call('SET', tag .. ':seen:' .. uid, '1', 'NX', 'EX', remembered) then return { 'known' } end

redis.call('RPUSH', lane, uid .. '\n' .. received .. '\n' .. json)
-- A lane that already waits is ready or under a lease: the commit before this message opens it again.
redis.call('ZADD', tag .. ':in:ready', 'NX', now, conversation)
if waiting == 0 then redis.call('PUBLISH', tag .. ':wake', 'in ' .. process) end
return { 'accepted' }
