#!lua
-- The whole effect of one message, or of one step of a ticket, all or nothing: the message leaves its lane, tickets,
-- story and indexes are written, the replies enter their lanes. Everything is validated before anything is written:
-- the plan's framing here, the shape of each write in commit.ts (an error does not roll back).
--
-- KEYS[1] the station's tag
-- ARGV[1] conversation, or '' for a step
-- ARGV[2] uid of the message that must still be the head of its lane, or ''
-- ARGV[3] the process that commits (it wakes itself, the others are told)
-- ARGV[4] now in ms, or '' for Redis' own clock
-- then, each with its count in front:
--   checks   key, field, expected ('' for absent)           what `decide` read and relied on
--   numbers  long placeholder, short placeholder, day       tickets that get their number now, as YYYYMMDD
--   writes   n, command, key (behind the tag), n-2 arguments
--   replies  id, channel, '1' when urgent, body, merge key
--
-- The placeholders stand for the number in every write and reply; none is a part of another.
-- Result: { 'done', number, … } | { 'gone' } not the head: it has been done | { 'moved', key } a check failed
local tag, conversation, uid, process, given = KEYS[1], ARGV[1], ARGV[2], ARGV[3], ARGV[4]
local LONGEST = 7900 -- what `unpack` can hand over at once
local at = 5
local function following()
  at = at + 1
  return ARGV[at - 1]
end
local function count() return tonumber(following()) end

local lane = tag .. ':in:lane:' .. conversation
if uid ~= '' then
  local head = redis.call('LINDEX', lane, 0)
  if not head or string.sub(head, 1, #uid + 1) ~= uid .. '\n' then return { 'gone' } end
end
for _ = 1, count() do
  local key, field, expected = following(), following(), following()
  if (redis.call('HGET', tag .. key, field) or '') ~= expected then return { 'moved', key } end
end

local numbers = at
at = at + 1 + 3 * tonumber(ARGV[at])
local writes = at
for _ = 1, count() do
  local n = count()
  if n > LONGEST then return redis.error_reply('PLAN a write of ' .. n .. ' parts') end
  at = at + n
end
at = at + 1 + 5 * tonumber(ARGV[at])
if at ~= #ARGV + 1 then return redis.error_reply('PLAN does not end where it should') end

local now = tonumber(given)
if not now then
  local time = redis.call('TIME')
  now = time[1] * 1000 + math.floor(time[2] / 1000)
end

local result = { 'done' }
local function name(placeholder, number)
  local pattern = string.gsub(placeholder, '%p', '%%%0')
  for i = writes, #ARGV do
    local text = ARGV[i]
    -- Most arguments are shorter than a placeholder.
    if #text >= #placeholder and string.find(text, placeholder, 1, true) then
      ARGV[i] = string.gsub(text, pattern, number)
    end
  end
end
at = numbers
for _ = 1, count() do
  local long, short, day = following(), following(), following()
  local number = string.format('%s-%03d', day, redis.call('HINCRBY', tag .. ':numbers', day, 1))
  name(long, number)
  name(short, string.sub(number, 5))
  result[#result + 1] = number
end

for _ = 1, count() do
  local n = count()
  redis.call(ARGV[at], tag .. ARGV[at + 1], unpack(ARGV, at + 2, at + n - 1))
  at = at + n
end

local replies = count()
for _ = 1, replies do
  local id, channel, urgent, body, merge = following(), following(), following(), following(), following()
  redis.call('HSET', tag .. ':out:entry:' .. id, 'channel', channel, 'urgent', urgent, 'body', body, 'merge', merge,
    'at', string.format('%.0f', now), 'way', '0', 'attempts', '0', 'doubts', '0', 'begun', '')
  redis.call('RPUSH', tag .. ':out:lane:' .. channel .. (urgent == '1' and ':urgent' or ':normal'), id)
  redis.call('ZADD', tag .. ':out:waiting', now, id)
  -- Lanes that go out over a socket stand apart: only the process which holds it may take them.
  local socket = string.match(channel, '^[^:]+:socket')
  redis.call('ZADD', tag .. ':out:ready' .. (socket and ':' .. socket or ''), 'LT', now, channel)
end
if replies > 0 then redis.call('PUBLISH', tag .. ':wake', 'out ' .. process) end

if uid ~= '' then
  redis.call('LPOP', lane)
  redis.call('HDEL', tag .. ':in:deliveries', uid)
  if redis.call('EXISTS', lane) == 1 then
    redis.call('ZADD', tag .. ':in:ready', now, conversation)
    redis.call('PUBLISH', tag .. ':wake', 'in ' .. process)
  else
    redis.call('ZREM', tag .. ':in:ready', conversation)
  end
end
return result
