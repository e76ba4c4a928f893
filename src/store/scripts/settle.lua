#!lua flags=allow-oom
-- What became of sends: the one place where an entry leaves, waits, moves on or is given up.
-- Works when memory is full: what has happened must be kept, and most of it makes room.
--
-- KEYS[1] the station's tag
-- ARGV[1] the process that settles
-- ARGV[2] now in ms, or '' for Redis' own clock
-- then for each channel that was lent:
--   channel
--   token     of the lease
--   rest      how long the channel rests now, ms ('0': not at all)
--   unsent    '1' if the bytes never left (the send does not count in the window), '' otherwise; with 'again' and no
--             reason it was not tried at all, and is no attempt either
--   verdicts  their count, and for each: id, outcome, reason, next channel, next way, known as (the key behind the tag
--             under which what was sent may be quoted, with the number that it is about; or '' and '')
--             outcome: 'sent' | 'again' | 'doubt' (again, but it may have been sent) | 'next' | 'failed'
--   replies   their count, and for each: id, channel, '1' when urgent, body, merge key, '1' to stand before all that
--             waits (lines that this outcome calls for; what takes the place of a line is told last part first)
--
-- Result: for each 'settled' | 'late' (the lease was over, and the lane was lent anew or waits: nothing but a 'sent' still
--   counts, and that only alone: with replies that cannot be pushed any more, nothing does)
local tag, process = KEYS[1], ARGV[1]
local now = tonumber(ARGV[2])
if not now then
  local time = redis.call('TIME')
  now = time[1] * 1000 + math.floor(time[2] / 1000)
end
local at = 3
local function following()
  at = at + 1
  return ARGV[at - 1]
end
local function text(number) return string.format('%.0f', number) end
-- Lanes that go out over a socket stand apart: only the process which holds it may take them.
local function apart(channel)
  local kind = string.match(channel, '^[^:]+:socket')
  return kind and ':' .. kind or ''
end
local woken = false

local function push(id, onto, urgent, first)
  redis.call(first and 'LPUSH' or 'RPUSH', tag .. ':out:lane:' .. onto .. (urgent == '1' and ':urgent' or ':normal'), id)
  redis.call('ZADD', tag .. ':out:ready' .. apart(onto), 'LT', now, onto)
end

local function verdict(channel, token, unsent, late)
  local id, outcome, reason, nextChannel, nextWay = following(), following(), following(), following(), following()
  local knownAs, about = following(), following()
  local key = tag .. ':out:entry:' .. id
  local fields = redis.call('HMGET', key, 'urgent', 'attempts', 'channel')
  local urgent = fields[1]
  -- An entry that was dropped by hand, or sent by somebody who was late, is no longer there.
  if urgent and (not late or outcome == 'sent') then
    local lane = tag .. ':out:lane:' .. fields[3] .. (urgent == '1' and ':urgent' or ':normal')
    if not late then
      -- Of lines that went as one message only the first one stands in the window.
      local send = table.concat({ id, token, fields[2] }, ':')
      for _, name in ipairs({ channel, string.match(channel, '^[^:]+:[^:]+') }) do
        local window = tag .. ':out:window:' .. name
        if unsent == '1' then
          redis.call('ZREM', window, send)
        else
          -- It has arrived by now at the latest.
          redis.call('ZADD', window, 'XX', text(now), send)
        end
      end
    end
    if outcome == 'sent' then
      redis.call('LREM', lane, 1, id)
      redis.call('ZREM', tag .. ':out:waiting', id)
      redis.call('ZREM', tag .. ':out:failed', id)
      redis.call('DEL', key)
      if knownAs ~= '' then redis.call('SET', tag .. knownAs, about, 'EX', 90 * 86400) end
    elseif outcome == 'again' or outcome == 'doubt' then
      -- A begun entry that is taken again counts as one more doubt; a clean retry does not.
      redis.call('HSET', key, 'begun', outcome == 'doubt' and '1' or '')
      if reason ~= '' then
        redis.call('HSET', key, 'reason', reason)
      elseif unsent == '1' then
        redis.call('HINCRBY', key, 'attempts', -1)
      end
    elseif outcome == 'next' then
      redis.call('HSET', key, 'channel', nextChannel, 'way', nextWay, 'attempts', '0', 'doubts', '0', 'begun', '',
        'reason', reason)
      -- Another way of the same lane keeps its place: what was said later must not overtake it.
      if nextChannel ~= fields[3] then
        redis.call('LREM', lane, 1, id)
        push(id, nextChannel, urgent)
        woken = true
      end
    elseif outcome == 'failed' then
      redis.call('LREM', lane, 1, id)
      redis.call('HSET', key, 'reason', reason, 'begun', '', 'failed', text(now))
      redis.call('EXPIRE', key, 30 * 86400)
      redis.call('ZREM', tag .. ':out:waiting', id)
      redis.call('ZADD', tag .. ':out:failed', now, id)
      redis.call('ZREMRANGEBYSCORE', tag .. ':out:failed', '-inf', now - 30 * 86400000)
    end
  end
end

local function reply()
  local id, onto, urgent, body, merge = following(), following(), following(), following(), following()
  local first = following() == '1'
  redis.call('HSET', tag .. ':out:entry:' .. id, 'channel', onto, 'urgent', urgent, 'body', body, 'merge', merge,
    'at', text(now), 'way', '0', 'attempts', '0', 'doubts', '0', 'begun', '')
  redis.call('ZADD', tag .. ':out:waiting', now, id)
  push(id, onto, urgent, first)
  woken = true
end

local function settle()
  local channel, token, rest, unsent = following(), following(), tonumber(following()), following()
  local leased, ready = tag .. ':out:leased' .. apart(channel), tag .. ':out:ready' .. apart(channel)
  local held = redis.call('ZSCORE', leased, channel)
  local late = not held or string.format('%.3f', held) ~= token
  local verdicts = tonumber(following())
  local replies = tonumber(ARGV[at + 7 * verdicts])
  if late and replies > 0 then
    at = at + 7 * verdicts + 1 + 6 * replies
    return 'late'
  end
  for _ = 1, verdicts do verdict(channel, token, unsent, late) end
  at = at + 1
  if late then return 'late' end
  for _ = 1, replies do reply() end

  redis.call('ZREM', leased, channel)
  if rest > 0 then redis.call('HSET', tag .. ':out:rest', channel, text(now + rest)) end
  local lane = tag .. ':out:lane:' .. channel
  if redis.call('EXISTS', lane .. ':urgent', lane .. ':normal') > 0 then
    redis.call('ZADD', ready, text(now + rest), channel)
  else
    redis.call('ZREM', ready, channel)
    redis.call('HDEL', tag .. ':out:held', channel)
  end
  return 'settled'
end

local results = {}
while at <= #ARGV do results[#results + 1] = settle() end
if woken then redis.call('PUBLISH', tag .. ':wake', 'out ' .. process) end
return results
