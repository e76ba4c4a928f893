#!lua flags=allow-oom
-- Lends the heads of up to n outgoing channels, each within its pace. Urgent before normal, in order within each.
-- A lane of which the sender died (its lease is over) is lent again, its entry marked as begun: it may have been sent.
-- Works when memory is full: what is sent makes room.
--
-- KEYS[1] the station's tag
-- ARGV[1] lease, ms
-- ARGV[2] how many lanes at most
-- ARGV[3] how long a send may still be on its way, ms (a send counts in the window from when it arrived at the latest)
-- ARGV[4] how many bytes of merge lines one message may carry
-- ARGV[5] now in ms, or '' for Redis' own clock
-- ARGV[6] '' for all lanes but those of sockets, or the one whose socket this process holds, e.g. wecom:socket
-- then for each window of a kind of channel (a kind may have several): kind (the first two parts of the channel's
--   name), 'channel' or 'kind' (each channel for itself, or all together), sends in a window, how many of them only
--   urgent ones may use, window ms
--
-- Result: for each lane { channel, token (when the lease ends), entry, … }, more than one entry where mentions of one person waited for the
--   window and merge; entry = { id, body, way, attempts, doubts, '1' if it may have been sent }
local tag, lease, most, travel, room = KEYS[1], tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3]), tonumber(ARGV[4])
local now = tonumber(ARGV[5])
if not now then
  local time = redis.call('TIME')
  now = time[1] * 1000 + math.floor(time[2] / 1000)
end
local function kindOf(channel) return string.match(channel, '^[^:]+:[^:]+') end
local paces, longest = {}, {}
for i = 7, #ARGV, 5 do
  local kind, scope, window = ARGV[i], ARGV[i + 1], tonumber(ARGV[i + 4])
  paces[kind] = paces[kind] or {}
  table.insert(paces[kind], { scope, tonumber(ARGV[i + 2]), tonumber(ARGV[i + 3]), window })
  local name = scope .. ' ' .. kind
  longest[name] = math.max(longest[name] or 0, window)
end
local socket = ARGV[6] == '' and '' or ':' .. ARGV[6]
local ready, leased, held = tag .. ':out:ready' .. socket, tag .. ':out:leased' .. socket, tag .. ':out:held'
-- A stored time further ahead than it can be comes from a clock that was wrong.
local LONGEST_REST, LONGEST_LEASE = 700000, 70000

local function text(number) return string.format('%.0f', number) end
local function wait(channel, till)
  redis.call('ZREM', leased, channel)
  -- A window of an hour is looked at again before it opens.
  redis.call('ZADD', ready, text(math.min(till, now + LONGEST_REST)), channel)
end

local function restsUntil(channel)
  local till = tonumber(redis.call('HGET', tag .. ':out:rest', channel) or '0')
  if till > now and till <= now + LONGEST_REST then return till end
  if till > 0 then redis.call('HDEL', tag .. ':out:rest', channel) end
  return nil
end

-- The set in which the sends of a channel, or of all its kind, stand by the moment at which they arrived at the latest.
local function windowOf(channel, scope)
  return tag .. ':out:window:' .. (scope == 'kind' and kindOf(channel) or channel)
end

-- When the last shut window of this channel opens for such an entry; nil if all of them are open.
local function opensAt(channel, urgent)
  local opens
  for _, pace in ipairs(paces[kindOf(channel)] or {}) do
    local scope, sends, reserved, window = pace[1], pace[2], pace[3], pace[4]
    local key = windowOf(channel, scope)
    redis.call('ZREMRANGEBYSCORE', key, '-inf', '(' .. text(now - longest[scope .. ' ' .. kindOf(channel)]))
    -- Sent under a clock that was ahead: it has arrived by now, or is about to.
    for _, send in ipairs(redis.call('ZRANGE', key, '(' .. text(now + travel), '+inf', 'BYSCORE')) do
      redis.call('ZADD', key, text(now + travel), send)
    end
    local since = text(now - window)
    local used = redis.call('ZCOUNT', key, since, '+inf')
    local allowed = urgent and sends or sends - reserved
    if used >= allowed then
      local blocking = redis.call('ZRANGE', key, since, '+inf', 'BYSCORE', 'LIMIT', used - allowed, 1, 'WITHSCORES')
      opens = math.max(opens or 0, tonumber(blocking[2]) + window + 1)
    end
  end
  return opens
end

local function begin(id)
  local key = tag .. ':out:entry:' .. id
  local entry = redis.call('HMGET', key, 'body', 'way', 'attempts', 'doubts', 'begun')
  local attempts = redis.call('HINCRBY', key, 'attempts', 1)
  local doubts = tonumber(entry[4])
  if entry[5] == '1' then doubts = redis.call('HINCRBY', key, 'doubts', 1) end
  redis.call('HSET', key, 'begun', '1')
  return { id, entry[1], entry[2], tostring(attempts), tostring(doubts), entry[5] }
end

-- While the window was shut, mentions of one person piled up: they go as one message.
local function followers(lane, first)
  local found = {}
  if first[6] == '1' then return found end
  local merge = redis.call('HGET', tag .. ':out:entry:' .. first[1], 'merge') or ''
  local person, line = string.match(merge, '^([^\n]*)\n(.*)$')
  if not person then return found end
  local used = #line
  for _, id in ipairs(redis.call('LRANGE', lane, 1, 60)) do
    local other = redis.call('HMGET', tag .. ':out:entry:' .. id, 'merge', 'begun')
    local otherPerson, otherLine = string.match(other[1] or '', '^([^\n]*)\n(.*)$')
    if otherPerson == person and other[2] ~= '1' then
      if used + #otherLine + 1 > room then break end
      used = used + #otherLine + 1
      found[#found + 1] = id
    end
  end
  return found
end

-- The next entry of a channel; an entry that was dropped by hand leaves its lane here.
local function head(channel)
  for _, list in ipairs({ ':urgent', ':normal' }) do
    local lane = tag .. ':out:lane:' .. channel .. list
    local id = redis.call('LINDEX', lane, 0)
    while id and redis.call('EXISTS', tag .. ':out:entry:' .. id) == 0 do
      redis.call('LPOP', lane)
      id = redis.call('LINDEX', lane, 0)
    end
    if id then return id, lane, list == ':urgent' end
  end
end

local function lend(channel)
  local rests = restsUntil(channel)
  if rests then return wait(channel, rests) end
  local id, lane, urgent = head(channel)
  if not id then
    redis.call('ZREM', ready, channel)
    redis.call('ZREM', leased, channel)
    redis.call('HDEL', held, channel)
    return
  end
  local opens = opensAt(channel, urgent)
  if opens then
    redis.call('HSET', held, channel, '1')
    return wait(channel, opens)
  end
  local first = begin(id)
  -- A part of a millisecond tells leases of one channel apart that begin within one.
  local serial = redis.call('INCR', tag .. ':out:leases') % 1000
  local token = string.format('%.3f', now + lease - serial / 1000)
  local result = { channel, token, first }
  if redis.call('HEXISTS', held, channel) == 1 then
    for _, other in ipairs(followers(lane, first)) do result[#result + 1] = begin(other) end
  end
  redis.call('ZREM', ready, channel)
  redis.call('ZADD', leased, token, channel)
  local counted = {}
  for _, pace in ipairs(paces[kindOf(channel)] or {}) do
    local window = windowOf(channel, pace[1])
    if not counted[window] then
      counted[window] = true
      redis.call('ZADD', window, text(now + travel), table.concat({ id, token, first[4] }, ':'))
      redis.call('PEXPIRE', window, longest[pace[1] .. ' ' .. kindOf(channel)] + LONGEST_REST)
    end
  end
  return result
end

local taken = {}
local function lendAll(from, of, till)
  if #taken == most then return end
  for _, channel in ipairs(redis.call('ZRANGE', from, of, till, 'BYSCORE', 'LIMIT', 0, most - #taken)) do
    if from == ready and redis.call('ZSCORE', leased, channel) then
      -- Lent already: whoever settles it makes it ready again.
      redis.call('ZREM', ready, channel)
    else
      taken[#taken + 1] = lend(channel)
    end
  end
end
lendAll(leased, '-inf', text(now))
lendAll(ready, '-inf', text(now))
lendAll(ready, '(' .. text(now + LONGEST_REST), '+inf')
lendAll(leased, '(' .. text(now + LONGEST_LEASE), '+inf')
return taken
