"""The store's protocol (RESP 2), as far as a line has to see where one command or answer ends and what it is."""


def end_of(data: bytes | bytearray, at: int = 0) -> int | None:
    """Where the value that begins at a place ends; None if more has to come first."""
    line_end = data.find(b"\r\n", at)
    if line_end < 0:
        return None
    kind, rest, at = data[at : at + 1], data[at + 1 : line_end], line_end + 2
    if kind not in b"$*" or int(rest) < 0:
        return at
    if kind == b"$":
        end = at + int(rest) + 2
        return end if end <= len(data) else None
    for _ in range(int(rest)):
        found = end_of(data, at)
        if found is None:
            return None
        at = found
    return at


class Values:
    """Cuts a stream into whole values."""

    def __init__(self) -> None:
        self._waiting = bytearray()

    def take(self, data: bytes) -> list[bytes]:
        """The values that are whole now, each in its own bytes."""
        self._waiting += data
        values = []
        while self._waiting and (end := end_of(self._waiting)) is not None:
            values.append(bytes(self._waiting[:end]))
            del self._waiting[:end]
        return values
