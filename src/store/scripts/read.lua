#!lua flags=no-writes
-- Everything that `decide` needs to know about messages, each in the same round trip.
--
-- KEYS[1] the station's tag
-- ARGV[1] how many tickets of one kind at most
-- then for each message:
--   conversation
--   sight     where bare numbers and what the speaker looks after are in sight: the conversation, or @ and the speaker's id
--   who       speaks: a person's id, or platform:account
--   company   the group's enterprise; empty where it has none, then the one that is remembered of who
--   since     when a closed ticket is still in a bare number's sight, desk ms
--   numbers   their count, and YYYYMMDD-NNN as they were typed or quoted, every year that could be meant
--   shorts    their count, and NNN: bare ones, looked for among the tickets in sight
--
-- Result: for each { person, talk, place, named, shorts, last, asked, mine, owned, deciding, company, leaves, load }:
--   person, talk, place, leaves and load as flat hashes, the others as lists of { id, field, value, … }; shorts open ones first
local tag, most = KEYS[1], tonumber(ARGV[1])
local at = 2
local function following()
  at = at + 1
  return ARGV[at - 1]
end

local function ticket(id)
  local fields = redis.call('HGETALL', tag .. ':ticket:' .. id)
  if #fields == 0 then return nil end
  table.insert(fields, 1, id)
  return fields
end
local function tickets(ids)
  local found = {}
  for _, id in ipairs(ids) do
    local fields = id and ticket(id)
    if fields then found[#found + 1] = fields end
  end
  return found
end
local function idsOf(numbers)
  if #numbers == 0 then return {} end
  return redis.call('HMGET', tag .. ':number', unpack(numbers))
end

local function read()
  local conversation, sight, who, company, since = following(), following(), following(), following(), following()
  local numbers = {}
  for _ = 1, tonumber(following()) do numbers[#numbers + 1] = following() end

  local shorts = {}
  for _ = 1, tonumber(following()) do
    local ending = '-' .. following()
    local function look(list)
      local found = {}
      for _, number in ipairs(list) do
        if string.sub(number, -#ending) == ending then found[#found + 1] = number end
      end
      return found
    end
    local found = look(redis.call('ZRANGE', tag .. ':here:open:' .. sight, 0, -1))
    if #found == 0 then
      found = look(redis.call('ZRANGE', tag .. ':here:all:' .. sight, since, '+inf', 'BYSCORE'))
    end
    for _, number in ipairs(found) do if #shorts < most then shorts[#shorts + 1] = number end end
  end

  local talk = redis.call('HGETALL', tag .. ':talk:' .. conversation .. '@' .. who)
  local last, asked = {}, {}
  for i = 1, #talk, 2 do
    if talk[i] == 'last' then last = { talk[i + 1] } end
    if talk[i] == 'askTicket' then asked = { talk[i + 1] } end
  end

  if company == '' then company = redis.call('HGET', tag .. ':person:' .. who, 'enterprise') or '' end

  return {
    redis.call('HGETALL', tag .. ':person:' .. who),
    talk,
    redis.call('HGETALL', tag .. ':place:' .. conversation),
    tickets(idsOf(numbers)),
    tickets(idsOf(shorts)),
    tickets(last),
    tickets(asked),
    tickets(redis.call('ZRANGE', tag .. ':asker:' .. who .. '@' .. conversation, 0, most - 1, 'REV')),
    tickets(redis.call('ZRANGE', tag .. ':owner:' .. who .. '@' .. sight, 0, most - 1, 'REV')),
    tickets(redis.call('ZRANGE', tag .. ':decide:' .. who, 0, most - 1, 'REV')),
    company == '' and {} or tickets(redis.call('ZRANGE', tag .. ':enterprise:' .. company, 0, most - 1, 'REV')),
    redis.call('HGETALL', tag .. ':leaves'),
    redis.call('HGETALL', tag .. ':load'),
  }
end

local results = {}
while at <= #ARGV do results[#results + 1] = read() end
return results
