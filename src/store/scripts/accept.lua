#!lua
-- Takes messages into the lanes of their conversations, each once, and stamps them with the desk clock.
--
-- KEYS[1] the station's tag; every other name is built from it
-- ARGV[1] how many may wait in one lane
-- ARGV[2] how long a uid is remembered, seconds
-- ARGV[3] the process that accepts (it wakes itself, the others are told)
-- ARGV[4] now in ms, or '' for Redis' own clock
-- then for each message:
--   uid           platform and the platform's message id, without a line break
--   conversation
--   message       as JSON
--
-- Result: for each 'accepted' | 'known' | 'full' | 'full first' (the person has not been told yet)
local tag, most, remembered, process = KEYS[1], tonumber(ARGV[1]), ARGV[2], ARGV[3]
local now = tonumber(ARGV[4])
if not now then
  local time = redis.call('TIME')
  now = time[1] * 1000 + math.floor(time[2] / 1000)
end
local received = string.format('%.0f', now + (tonumber(redis.call('GET', tag .. ':clock') or '') or 0))
local woken = false

local function accept(uid, conversation, json)
  local lane = tag .. ':in:lane:' .. conversation
  local waiting = redis.call('LLEN', lane)
  if waiting >= most then
    if redis.call('EXISTS', tag .. ':seen:' .. uid) == 1 then return 'known' end
    local first = redis.call('SET', tag .. ':in:full:' .. conversation, '1', 'NX', 'EX', 600)
    return first and 'full first' or 'full'
  end
  if not redis.call('SET', tag .. ':seen:' .. uid, '1', 'NX', 'EX', remembered) then return 'known' end

  redis.call('RPUSH', lane, uid .. '\n' .. received .. '\n' .. json)
  -- A lane that already waits is ready or under a lease: the commit before this message opens it again.
  redis.call('ZADD', tag .. ':in:ready', 'NX', now, conversation)
  woken = woken or waiting == 0
  return 'accepted'
end

local results = {}
for i = 5, #ARGV, 3 do results[#results + 1] = accept(ARGV[i], ARGV[i + 1], ARGV[i + 2]) end
if woken then redis.call('PUBLISH', tag .. ':wake', 'in ' .. process) end
return results
