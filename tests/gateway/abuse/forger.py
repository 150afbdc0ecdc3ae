"""Frames that a hostile client may send: forged from the very types of the contract, then spoiled.

One seed gives the same frames for ever, so a seed is all that a failure has to name.
"""

import json
import math
from collections.abc import Iterator
from random import Random
from typing import Any, Final

import msgspec.inspect as types

from server.gateway.shapes import CLIENT

ODD_TEXTS: Final = (
    "",
    " ",
    "x" * 281,
    "x" * 9_000,
    "\u0301" * 3_000,
    "e" + "\u0301\u0323" * 2_000,
    "\u202egnihtyna\u202c",
    "\u2066\u2067\u2068\u2069",
    "\u200b\u200c\u200d\u2060\ufeff",
    "👩\u200d👩\u200d👧\u200d👦" * 40,
    "\u0000\u0007\u001b[2J",
    "\ud800",
    "\udfff and more",
    "\U000e0041\U000e0042",
    "line\r\nbreak\u2028and\u2029another",
    "ﷺ" * 500,
    "__proto__",
    "constructor",
    "null",
    "' OR '1'='1'; DROP TABLE rooms; --",
    "\r\nFLUSHALL\r\n",
    "*1\r\n$8\r\nFLUSHALL\r\n",
    "{s00}:room:00000000:log",
    "../../../etc/passwd",
    "%s%n{0.__class__}${jndi:ldap://a}{{7*7}}",
    "<script>alert(1)</script>",
    "return redis.call('KEYS','*')",
)
ODD_VALUES: Final[tuple[Any, ...]] = (
    None, True, False, 0, -1, 1.5, -0.0, 2**53, 2**63, 2**64, 10**30, 1e308, math.nan, math.inf, -math.inf,
    [], {}, [[]], [{}], {"": ""}, {"type": "do"}, [0] * 2_000, *ODD_TEXTS,
)  # fmt: skip
_KINDS: Final = {kind: types.type_info(kind) for kind in CLIENT}
BROKEN: Final = (
    "", " ", "{", "}", "[", '"', "null", "0", "[]", "{}", "NaN", "-", "1e999", "\ufeff{}", "{]",
    "[" * 8_000, '{"a":' * 3_000, "x" * 16_384, "x" * 16_385,
    '{"type":"ping","at":' + "9" * 5_000 + "}", '{"type":"do","id":1,"command":' + "[" * 8_000,
)  # fmt: skip


class Forger:
    """A source of messages that are right, of messages that nearly are, and of rubbish."""

    def __init__(self, seed: int, without: frozenset[str] = frozenset()) -> None:
        """`without`: commands that are not forged whole, by their type."""
        self._random = Random(seed)
        self._without = without

    def frames(self) -> Iterator[str | bytes]:
        """Frames without end."""
        while True:
            yield self.frame()

    def frame(self) -> str | bytes:
        """One frame: text, or bytes for a binary one."""
        match self._random.randrange(20):
            case 0:
                return self._random.choice(BROKEN)
            case 1:
                return self._cut(self._written(self.message()))
            case 2:
                return self._twice(self._written(self.message()))
            case 3:
                return self._random.randbytes(self._random.randrange(40))
            case 4 | 5 | 6 | 7:
                return self._written(self.message())
            case _:
                return self._written(self._spoilt(self.message()))

    def message(self) -> dict[str, Any]:
        """A message of the contract. Most are commands: they can do most."""
        kind = self._random.choices(CLIENT, [4 if kind.__name__ == "Do" else 1 for kind in CLIENT])[0]
        while True:
            message: dict[str, Any] = self._value(_KINDS[kind])
            if message.get("command", {}).get("type") not in self._without:
                return message

    def _value(self, kind: types.Type) -> Any:
        match kind:
            case types.StructType():
                return self._struct(kind)
            case types.UnionType(types=members):
                return self._value(self._random.choice([m for m in members if not isinstance(m, types.NoneType)]))
            case types.EnumType(cls=cls):
                return str(self._random.choice(list(cls)).value)
            case types.BoolType():
                return self._random.random() < 0.5
            case types.IntType(ge=least, le=most):
                return self._random.choice([least or 0, 1, self._random.randrange(100), most or 2**53 - 1])
            case types.StrType(pattern=pattern, min_length=least):
                return "a" * max(least or 0, 12) if pattern else self._random.choice(("word", "слово", *ODD_TEXTS))
            case types.VarTupleType(item_type=item):
                return [self._value(item) for _ in range(self._random.randrange(4))]
        raise NotImplementedError(kind)

    def _struct(self, kind: types.StructType) -> dict[str, Any]:
        made = {kind.tag_field: kind.tag} if kind.tag_field is not None else {}
        for field in kind.fields:
            if field.required or self._random.random() < 0.5:
                made[field.encode_name] = self._value(field.type)
        return made

    def _spoilt(self, message: dict[str, Any]) -> Any:
        """One thing in it is another, or missing, or there is one thing more."""
        spot: Any = message
        while True:
            inner = [
                value
                for value in (spot.values() if isinstance(spot, dict) else spot)
                if value and type(value) in (dict, list)
            ]
            if not inner or self._random.random() < 0.3:
                break
            spot = self._random.choice(inner)
        if isinstance(spot, list):
            spot.insert(0, self._random.choice(ODD_VALUES))
            return message
        name = self._random.choice(list(spot))
        match self._random.randrange(4):
            case 0:
                del spot[name]
            case 1:
                spot[self._random.choice(("more", "__proto__", "Type", "seat", "viewer", "generation"))] = 1
            case _:
                spot[name] = self._random.choice(ODD_VALUES)
        return message

    def _written(self, message: Any) -> str:
        return json.dumps(message, ensure_ascii=self._random.random() < 0.5 or not _is_encodable(message))

    def _cut(self, text: str) -> str:
        place = self._random.randrange(len(text))
        return text[:place] + self._random.choice(("", "\u0000", '"', "}", ",,", text[place + 1 :]))

    def _twice(self, text: str) -> str:
        """A member that stands twice."""
        return text[:-1] + ',"type":"ping"}'


def _is_encodable(message: Any) -> bool:
    try:
        json.dumps(message, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        return False
    return True
