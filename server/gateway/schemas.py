"""Prints the vocabulary of the wire as JSON Schema, draft 07, which is what AsyncAPI 3.0 speaks.

Beside the loop, for `contract`. Absent is absent: what Python keeps as None is no value on the wire, and no schema
allows it. It must not know what a message means.
"""

from typing import Any, Final

import msgspec
import msgspec.inspect as types

from server.gateway.refusals import CLOSES, REFUSALS
from server.gateway.shapes import PARTIAL, STANDS_FOR, UNIONS, Shape, name_of, told_of, union_of, vocabulary, words_of

Schema = dict[str, Any]
BASE: Final = "#/components/schemas/"

_PATCH: Final = (
    "A JSON merge patch (RFC 7396) of a Document: an object is merged into what is there, null removes the member, "
    "anything else, a list too, replaces it."
)


def schemas() -> dict[str, Schema]:
    """Every named schema of the contract."""
    named = {name: _named(name, shape) for name, shape in vocabulary().items()}
    for name, kinds in UNIONS.items():
        named[name] = {"oneOf": [_reference(name_of(kind)) for kind in kinds], "discriminator": "type"}
    named["DocumentPatch"] = {"description": _PATCH, "type": "object"}
    named["RefusalCode"] = _words("Why a command was refused: see `x-refusals`.", (str(code) for code in REFUSALS))
    named["CloseReason"] = _words("Why the server closes: see `x-closes`.", (str(code) for code in CLOSES))
    return {name: {"title": name, **schema} for name, schema in named.items()}


def _reference(name: str) -> Schema:
    return {"$ref": f"{BASE}{name}"}


def _words(description: str, words: Any) -> Schema:
    return {"description": description, "type": "string", "enum": list(words)}


def _named(name: str, shape: Shape) -> Schema:
    if isinstance(shape, types.EnumType):
        return _words(told_of(shape.cls), words_of(shape.cls))
    properties: dict[str, Schema] = {}
    if shape.tag_field is not None:
        properties[shape.tag_field] = {"const": shape.tag}
    properties |= {field.encode_name: _field(name, field) for field in shape.fields}
    required = [field.encode_name for field in shape.fields if field.required]
    return {
        "description": told_of(shape.cls),
        "type": "object",
        "properties": properties,
        "required": ([shape.tag_field] if shape.tag_field else []) + required,
        **({"additionalProperties": False} if shape.forbid_unknown_fields else {}),
    }


def _field(owner: str, field: types.Field) -> Schema:
    if (owner, field.encode_name) in STANDS_FOR:
        return _reference(STANDS_FOR[owner, field.encode_name])
    schema = _schema(field.type)
    if (owner, field.encode_name) in PARTIAL:
        del schema["required"]
    default = field.default_factory() if callable(field.default_factory) else field.default
    if default is None or default is msgspec.NODEFAULT:
        return schema
    return {**schema, "default": msgspec.to_builtins(default, str_keys=True)}


def _schema(kind: types.Type) -> Schema:
    match kind:
        case types.StructType(cls=cls) | types.EnumType(cls=cls):
            return _reference(name_of(cls))
        case types.BoolType():
            return {"type": "boolean"}
        case types.IntType(ge=least, le=most):
            return {"type": "integer", **_given(minimum=least, maximum=most)}
        case types.StrType(min_length=least, max_length=most, pattern=pattern):
            return {"type": "string", **_given(minLength=least, maxLength=most, pattern=pattern)}
        case types.VarTupleType(item_type=item):
            return {"type": "array", "items": _schema(item)}
        case types.TupleType(item_types=items):
            length = len(items)
            return {"type": "array", "items": list(map(_schema, items)), "minItems": length, "maxItems": length}
        case types.DictType(key_type=key, value_type=value):
            return {"type": "object", **_keys(key), "additionalProperties": _schema(value)}
        case types.UnionType(types=members):
            return _union(tuple(member for member in members if not isinstance(member, types.NoneType)))
    raise NotImplementedError(kind)


def _keys(kind: types.Type) -> Schema:
    """Numbers are digits, as JSON wants it; of words every one is there, unless the field is partial."""
    if isinstance(kind, types.EnumType):
        return {"propertyNames": _schema(kind), "required": list(words_of(kind.cls))}
    return {"propertyNames": {"pattern": "^[0-9]+$"}} if isinstance(kind, types.IntType) else {}


def _union(members: tuple[types.Type, ...]) -> Schema:
    if len(members) == 1:
        return _schema(members[0])
    name = union_of(members)
    return _reference(name) if name else {"oneOf": list(map(_schema, members)), "discriminator": "type"}


def _given(**limits: Any) -> Schema:
    return {name: limit for name, limit in limits.items() if limit is not None}
