"""The generated contract: it is up to date, complete, and true of what is really sent."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from jsonschema import Draft7Validator
from msgspec.inspect import StructType

from rules.commands import Close
from rules.decide import close, deal, decide
from rules.evolve import begin, evolve
from rules.ids import SEATS, VIEWERS, Phase
from rules.project import project
from rules.refusals import Refusal
from rules.scenario import load
from rules.state import State
from server.gateway import asyncapi, contract, examples
from server.gateway.refusals import CLOSES, REFUSALS
from server.gateway.shapes import CLIENT, SERVER, UNIONS, name_of, vocabulary
from server.gateway.wire import ClientMessage, ServerMessage, encode
from server.rooms.table import Document

DOCUMENT = asyncapi.document()
SCHEMAS = DOCUMENT["components"]["schemas"]
WORDS = contract.files()["client-web/src/wire/words.ts"]
TYPES = contract.files()["client-web/src/wire/messages.ts"]


def validator(name: str) -> Draft7Validator:
    return Draft7Validator({"$ref": f"#/components/schemas/{name}", "components": DOCUMENT["components"]})


def references(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        if "$ref" in value:
            yield value["$ref"]
        for inner in value.values():
            yield from references(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from references(inner)


def played(setting: str, scenario: str) -> Iterator[State]:
    """A whole match in which every seat tries every example, state by state."""
    state = begin(deal(load(scenario, setting), b"\x01" * 32, b"\x02" * 32))
    while state.phase is not Phase.FINISHED:
        for seat in SEATS:
            for move in examples.MOVES:
                answer = decide(state, seat, move)
                for event in () if isinstance(answer, Refusal) else answer:
                    state = evolve(state, event)
        yield state
        ended = close(state, Close(state.phase_number))
        assert not isinstance(ended, Refusal)
        for event in ended:
            state = evolve(state, event)
    yield state


def test_the_committed_files_are_what_the_messages_say() -> None:
    assert contract.stale() == []
    assert contract.main(["--check"]) == 0


def test_a_stale_or_missing_file_fails_the_check(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert set(contract.stale(tmp_path)) == set(contract.files())
    contract.write(tmp_path)
    assert contract.stale(tmp_path) == []
    path = tmp_path / "client-web/src/wire/words.ts"
    path.write_text(path.read_text(encoding="utf-8").replace("'sokol', ", ""), encoding="utf-8")
    assert contract.stale(tmp_path) == ["client-web/src/wire/words.ts"]


def test_every_message_is_in_the_document_in_its_direction() -> None:
    sent = {kind.__name__ for kind in ClientMessage.__args__}
    told = {kind.__name__ for kind in ServerMessage.__args__}
    assert set(DOCUMENT["components"]["messages"]) == sent | told == set(DOCUMENT["channels"]["room"]["messages"])
    operations = DOCUMENT["operations"]
    assert operations["hear"]["action"] == "receive"
    assert {ref.rsplit("/", 1)[1] for ref in references(operations["hear"]["messages"])} == sent
    assert operations["tell"]["action"] == "send"
    assert {ref.rsplit("/", 1)[1] for ref in references(operations["tell"]["messages"])} == told


def test_every_code_is_in_the_document_with_its_sentence() -> None:
    assert [row["code"] for row in DOCUMENT["x-refusals"]] == [str(code) for code in REFUSALS]
    assert {row["code"] for row in DOCUMENT["x-closes"]} >= {close.code for close in CLOSES.values()}
    assert {row.get("reason") for row in DOCUMENT["x-closes"]} >= set(CLOSES)
    assert all(row["sentence"] for row in (*DOCUMENT["x-refusals"], *DOCUMENT["x-closes"]))
    assert SCHEMAS["RefusalCode"]["enum"] == [str(code) for code in REFUSALS]
    assert SCHEMAS["CloseReason"]["enum"] == [str(code) for code in CLOSES]


def test_the_document_has_the_parts_that_asyncapi_3_asks_for() -> None:
    assert DOCUMENT["asyncapi"] == "3.0.0"
    assert {"title", "version"} <= set(DOCUMENT["info"])
    for server in DOCUMENT["servers"].values():
        assert {"host", "protocol"} <= set(server)
        assert set(re.findall(r"{(\w+)}", server["host"])) == set(server["variables"])
    for operation in DOCUMENT["operations"].values():
        assert operation["channel"] == {"$ref": "#/channels/room"}
    for name, message in DOCUMENT["components"]["messages"].items():
        assert message["payload"] == {"$ref": f"#/components/schemas/{name}"}
        assert message["summary"]
        assert message["examples"]


def test_every_reference_leads_somewhere() -> None:
    for reference in set(references(DOCUMENT)):
        spot: Any = DOCUMENT
        for step in reference.removeprefix("#/").split("/"):
            spot = spot[step]
        assert spot


def test_every_schema_is_a_schema_and_says_what_it_is() -> None:
    for name, schema in SCHEMAS.items():
        Draft7Validator.check_schema(schema)
        assert schema["title"] == name
        assert schema.get("description") or "oneOf" in schema


def test_no_schema_allows_null() -> None:
    assert '"null"' not in json.dumps(SCHEMAS)


@pytest.mark.parametrize("message", [*examples.CLIENT, *examples.SERVER], ids=lambda message: type(message).__name__)
def test_an_example_is_what_its_schema_says(message: Any) -> None:
    sent = json.loads(encode(message))
    validator(name_of(type(message))).validate(sent)
    validator("ClientMessage" if isinstance(message, CLIENT) else "ServerMessage").validate(sent)


@pytest.mark.parametrize(
    "wrong",
    [
        {"type": "ping"},
        {"type": "ping", "at": 1, "more": 1},
        {"type": "enter", "ticket": "a" * 43, "instance": "b" * 15 + "\n"},
        {"type": "enter", "ticket": "a" * 43, "instance": "b" * 16, "cursor": None},
        {"type": "do", "id": 0, "command": {"type": "start"}},
        {"type": "do", "id": 1, "command": {"type": "dance"}},
    ],
    ids=str,
)
def test_the_schemas_refuse_what_the_server_refuses(wrong: Any) -> None:
    assert not validator("ClientMessage").is_valid(wrong)


@pytest.mark.parametrize(("scenario", "setting"), [("nineteenth", "front"), ("first_night", "garrison")])
def test_the_documents_of_a_whole_match_are_what_the_schema_says_for_every_viewer(scenario: str, setting: str) -> None:
    checked = validator("Document")
    for turn, state in enumerate(played(setting, scenario)):
        for place, viewer in enumerate(VIEWERS):
            sent = msgspec.json.encode(Document(examples.LOBBY.table, project(state, viewer)))
            assert b"null" not in sent
            if (turn + place) % len(VIEWERS) == 0:  # the full check is slow, and every viewer has his turn
                checked.validate(json.loads(sent))


def test_optional_fields_of_what_is_sent_are_left_out_and_never_null() -> None:
    structs = {name: shape for name, shape in vocabulary().items() if isinstance(shape, StructType)}
    for name, shape in structs.items():
        for field in shape.fields:
            if field.default is None:
                assert shape.cls.__struct_config__.omit_defaults, f"{name}.{field.encode_name} would travel as null"


def test_the_page_gets_a_type_for_everything_and_lists_of_all_words() -> None:
    for name in SCHEMAS:
        assert re.search(rf"^export type {name} = ", TYPES + WORDS, re.MULTILINE), name
    for name in ("SEATS", "SECTORS", "ROLES", "ORDER_KINDS", "REFUSAL_CODES", "CLOSE_REASONS", "CLOSES"):
        assert f"export const {name} = " in WORDS
    assert "readonly type: 'enter';" in TYPES
    assert "readonly cursor?: Cursor;" in TYPES
    assert "null" not in re.sub(r"/\*\*.*?\*/|export type Patch<T>.*?;\n\n", "", TYPES, flags=re.DOTALL)
    assert "readonly papers: Readonly<Record<string, Paper>>;" in TYPES
    assert "readonly front: Readonly<Record<Sector, SectorView>>;" in TYPES
    assert "readonly seats: Partial<Readonly<Record<Seat, Place>>>;" in TYPES


def test_named_unions_have_no_two_members_of_one_tag() -> None:
    for kinds in UNIONS.values():
        assert len({kind.__struct_config__.tag for kind in kinds}) == len(kinds)
    assert set(UNIONS["ServerMessage"]) == set(SERVER)
