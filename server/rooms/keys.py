"""Every key and channel in the store: `{sNN}:…`, `ticket:…`, `blocks:…`, `clock:…`, `wrong:…`, and single words.

All keys of a room share the hash tag of its shard with that shard's sets: a commit touches one slot of a cluster.
"""

from hashlib import sha256
from zlib import crc32

from server.rooms.codes import is_code

SHARDS = tuple(f"{{s{number:02d}}}" for number in range(16))
CLOCK_BY_HAND = "clock:by-hand"
EVERY_WORKER = "workers"
SIGNED_OUT = "signed_out"
WRONG_EVERYWHERE = "wrong:everywhere"


def shard_of(code: str) -> str:
    """The hash tag of a room's shard, `{s00}` to `{s15}`; the number of shards can never change under stored rooms."""
    if not is_code(code):
        raise ValueError("not a room code")
    return SHARDS[crc32(code.encode()) % len(SHARDS)]


def log(code: str) -> str:
    """Stream: one entry a commit, id `<version>-0`, fields `payload` and `head`."""
    return f"{shard_of(code)}:room:{code}:log"


def meta(code: str) -> str:
    """Hash: version, head, origin, snapshot, snapshot_version, snapshot_head, and a head that replicas confirmed."""
    return f"{shard_of(code)}:room:{code}:meta"


def presence(code: str) -> str:
    """Hash: who is connected, by worker and viewer."""
    return f"{shard_of(code)}:room:{code}:presence"


def claim(code: str) -> str:
    """String: the deadline that some worker attends to just now."""
    return f"{shard_of(code)}:room:{code}:claim"


def hints(code: str) -> str:
    """Channel: hints that something about the room changed. One a room, so that a worker hears its own rooms alone."""
    return f"{shard_of(code)}:room:{code}:hints"


def due(shard: str) -> str:
    """Sorted set: room codes of the shard by the moment (ms) of their deadline."""
    return f"{shard}:due"


def listed(shard: str) -> str:
    """Hash: the shard's publicly listed rooms, code to a few bytes of description."""
    return f"{shard}:open"


def blocks(player: str) -> str:
    """Hash: whom a guest has blocked, by public name, with the nickname that each went by."""
    return f"blocks:{player}"


def ticket(secret: str) -> str:
    """String: the claim of a ticket. Filed under a digest, so that who reads the keys cannot use them."""
    return f"ticket:{sha256(secret.encode()).hexdigest()}"


def wrong(address: str) -> str:
    """Number: wrong room codes from an address, given as a digest."""
    return f"wrong:{address}"
