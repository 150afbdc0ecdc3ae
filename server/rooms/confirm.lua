#!lua
-- Whether a room stands at a head; if so, that is written once more, so that replicas can be waited for: they confirm
-- the writes of a connection, and a command that was done before, by another, left none on this one.
--
-- KEYS  meta
-- ARGV  head
if redis.call('HGET', KEYS[1], 'head') ~= ARGV[1] then return 0 end
redis.call('HSET', KEYS[1], 'confirmed', ARGV[1])
return 1
