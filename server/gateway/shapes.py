"""The vocabulary of the wire as data: each message, value and word that travels, by the name it has in the contract.

Beside the loop: `contract` prints it as JSON Schema and as TypeScript. It must not know either of them.
"""

import inspect
from enum import Enum
from typing import Final, get_args

import msgspec.inspect as types
from msgspec import Struct

from rules.commands import SeatCommand
from rules.forms import Body, Form, Said, Term
from server.gateway.wire import ClientMessage, ServerMessage
from server.rooms.table import Document, RoomCommand

Shape = types.StructType | types.EnumType

CLIENT: Final[tuple[type[Struct], ...]] = get_args(ClientMessage)
SERVER: Final[tuple[type[Struct], ...]] = get_args(ServerMessage)

UNIONS: Final[dict[str, tuple[type[Struct], ...]]] = {
    "ClientMessage": CLIENT,
    "ServerMessage": SERVER,
    "RoomCommand": get_args(RoomCommand),
    "SeatCommand": get_args(SeatCommand),
    "Body": get_args(Body),
    "Said": get_args(Said),
    "Form": get_args(Form),
    "Term": get_args(Term),
}
"""The unions that have a name of their own."""

STANDS_FOR: Final = {
    ("Whole", "document"): "Document",
    ("Change", "patch"): "DocumentPatch",
    ("Refused", "code"): "RefusalCode",
    ("Bye", "reason"): "CloseReason",
}
"""Fields that Python leaves open, since it passes them on as they are, and what is in them."""

PARTIAL: Final = {("Table", "seats"), ("WireNumbers", "books"), ("MoscowNumbers", "directives")}
"""Mappings by a word that may lack some of the words; all others have an entry for each."""


class NameTaken(Exception):
    """Two different classes would have the same name in the contract."""


def name_of(kind: type) -> str:
    """What a class is called in the contract."""
    return kind.__name__


def told_of(kind: type) -> str:
    """Its docstring, on one line a paragraph."""
    paragraphs = inspect.cleandoc(kind.__doc__ or "").split("\n\n")
    return "\n\n".join(" ".join(paragraph.split()) for paragraph in paragraphs)


def words_of(kind: type[Enum]) -> tuple[str, ...]:
    """The words of an enumeration, in their own order."""
    return tuple(str(word.value) for word in kind)


def union_of(members: tuple[types.Type, ...]) -> str | None:
    """The name of a union of these types, if it has one."""
    classes = {member.cls for member in members if isinstance(member, types.StructType)}
    return next((name for name, kinds in UNIONS.items() if set(kinds) == classes), None)


def vocabulary() -> dict[str, Shape]:
    """Every shape that can travel, by name, in the order in which a reader meets them. Raises NameTaken."""
    found: dict[str, Shape] = {}
    for root in types.multi_type_info([*CLIENT, *SERVER, Document]):
        _gather(root, found)
    return found


def _gather(kind: types.Type, found: dict[str, Shape]) -> None:
    if isinstance(kind, types.StructType | types.EnumType):
        name = name_of(kind.cls)
        if name in found:
            if found[name].cls is not kind.cls:
                raise NameTaken(f"{found[name].cls!r} and {kind.cls!r}")
            return
        found[name] = kind
    for part in _parts(kind):
        _gather(part, found)


def _parts(kind: types.Type) -> tuple[types.Type, ...]:
    match kind:
        case types.StructType(fields=fields):
            return tuple(field.type for field in fields)
        case types.UnionType(types=members):
            return members
        case types.VarTupleType(item_type=item):
            return (item,)
        case types.TupleType(item_types=items):
            return items
        case types.DictType(key_type=key, value_type=value):
            return (key, value)
    return ()
