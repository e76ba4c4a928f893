#!lua flags=no-writes
-- Some fields of many hashes, as one JSON text: an array of fields for each, false where there is none. A client takes
-- several times as long to take apart a reply of its own for each.
--
-- KEYS[1] the station's tag
-- ARGV[1] how the names of the hashes begin, behind the tag
-- ARGV[2] how many fields
-- then the fields, and what the names end with
local prefix, count = KEYS[1] .. ARGV[1], tonumber(ARGV[2])
local fields = {}
for i = 1, count do fields[i] = ARGV[2 + i] end
local rows = {}
for i = 3 + count, #ARGV do rows[#rows + 1] = redis.call('HMGET', prefix .. ARGV[i], unpack(fields)) end
return #rows == 0 and '[]' or cjson.encode(rows)
