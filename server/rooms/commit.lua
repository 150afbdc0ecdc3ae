#!lua
-- One commit: all of it or nothing. The store refuses the whole script beforehand if it is full or a replica, and
-- there is no rollback, so whatever can fail is tried before the first write. Payloads are never looked into.
--
-- KEYS  log, meta, due, listed: all of one slot
-- ARGV  code, expected head ('' creates the room), origin (when creating), new head, payload,
--       deadline in ms, snapshot, listing ('' for none of each), channel of the hints ('' for no hint)
-- gives {'committed', version, head, now} | {'conflict', version, head} | {'missing'} | {'taken'}
local log, meta, due, listed = KEYS[1], KEYS[2], KEYS[3], KEYS[4]
local code, expected, origin, head, payload = ARGV[1], ARGV[2], ARGV[3], ARGV[4], ARGV[5]
local deadline, snapshot, listing, channel = ARGV[6], ARGV[7], ARGV[8], ARGV[9]

local place = redis.call('HMGET', meta, 'version', 'head')
local version = 1
if expected == '' then
  if place[1] or redis.call('EXISTS', log) == 1 then return {'taken'} end
else
  if not place[1] then return {'missing'} end
  if place[2] ~= expected then return {'conflict', place[1], place[2]} end
  version = tonumber(place[1]) + 1
end
local id = string.format('%.0f', version)

redis.call('ZSCORE', due, code)
redis.call('HEXISTS', listed, code)
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)

-- An id that the stream cannot take is the last thing that can fail, and fails before anything is written.
redis.call('XADD', log, id .. '-0', 'payload', payload, 'head', head)
redis.call('HSET', meta, 'version', id, 'head', head)
if expected == '' then redis.call('HSET', meta, 'origin', origin) end
if snapshot ~= '' then
  redis.call('HSET', meta, 'snapshot', snapshot, 'snapshot_version', id, 'snapshot_head', head)
end
if deadline == '' then redis.call('ZREM', due, code) else redis.call('ZADD', due, deadline, code) end
if listing == '' then redis.call('HDEL', listed, code) else redis.call('HSET', listed, code, listing) end
if channel ~= '' then redis.call('PUBLISH', channel, 'moved ' .. id .. ' ' .. head) end
return {'committed', id, head, string.format('%.0f', now)}
