#!lua flags=no-writes
-- One consistent look at a room: where it stands, its snapshot, and the log after the snapshot.
--
-- KEYS  log, meta
-- gives {now, version, head, origin, snapshot, snapshot version, snapshot head, entries of the log} | {}
local log, meta = KEYS[1], KEYS[2]
local room = redis.call('HMGET', meta, 'version', 'head', 'origin', 'snapshot', 'snapshot_version', 'snapshot_head')
if not room[1] then return {} end
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local after = string.format('(%.0f-0', tonumber(room[5] or '0'))
local entries = redis.call('XRANGE', log, after, '+')
return {string.format('%.0f', now), room[1], room[2], room[3], room[4], room[5], room[6], entries}
