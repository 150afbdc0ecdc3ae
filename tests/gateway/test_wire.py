"""Messages of the wire: what is read, what is not, and with which code."""

import json
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.commands import Speak
from rules.forms import Text
from rules.ids import Channel
from server.gateway import examples
from server.gateway.refusals import ALL, CLOSES, HTTP_ONLY, REFUSALS, GatewayCode
from server.gateway.shapes import CLIENT, SERVER, vocabulary
from server.gateway.wire import (
    LARGEST_FRAME,
    Do,
    Enter,
    Malformed,
    Ping,
    Refused,
    Whole,
    bye,
    decode,
    decode_server,
    encode,
)
from server.rooms.refusals import RoomCode
from server.rooms.table import Document, Play

ENTER = {"type": "enter", "ticket": "a" * 43, "instance": "b" * 16}


def frame(value: Any) -> bytes:
    return json.dumps(value).encode()


def code_of(raw: str | bytes) -> GatewayCode:
    with pytest.raises(Malformed) as caught:
        decode(raw)
    return caught.value.code


def is_answered(raw: str | bytes) -> bool:
    """Whether a frame is a message, or has a documented code; any other exception comes through."""
    try:
        return isinstance(decode(raw), Enter | Do | Ping)
    except Malformed as fault:
        return fault.code in ALL


@pytest.mark.parametrize("message", examples.CLIENT, ids=lambda message: type(message).__name__)
def test_what_a_client_writes_is_read_back_from_text_and_from_bytes(message: Any) -> None:
    assert decode(encode(message)) == message
    assert decode(encode(message).decode()) == message


@pytest.mark.parametrize("message", examples.SERVER, ids=lambda message: type(message).__name__)
def test_what_the_server_writes_is_read_back(message: Any) -> None:
    assert encode(decode_server(encode(message))) == encode(message)


def test_every_message_and_every_command_has_an_example() -> None:
    assert {type(message) for message in examples.CLIENT} == set(CLIENT)
    assert {type(message) for message in examples.SERVER} == set(SERVER)
    commands = {message.command for message in examples.CLIENT if isinstance(message, Do)}
    sent = {type(command).__name__ for command in commands}
    moves = {type(command.move).__name__ for command in commands if isinstance(command, Play)}
    bodies = {type(body).__name__ for body in examples.BODIES}
    schemas = vocabulary()
    client = [name for name, shape in schemas.items() if getattr(shape, "tag", None) is not None]
    others = {kind.__name__ for kind in (*CLIENT, *SERVER)} | {"Line"}
    assert set(client) - others == sent | moves | bodies


def test_a_document_is_sent_as_it_was_encoded() -> None:
    whole = Whole(3, msgspec.Raw(msgspec.json.encode(examples.LOBBY)))
    assert json.loads(encode(whole))["document"]["table"]["host"] == "sokol"
    read = decode_server(encode(whole))
    assert isinstance(read, Whole)
    assert msgspec.json.decode(read.document, type=Document) == examples.LOBBY


def test_what_is_absent_is_not_written() -> None:
    assert set(json.loads(encode(Enter("a" * 43, "b" * 16)))) == {"type", "ticket", "instance"}


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b" ",
        b"null",
        b"[]",
        b'"enter"',
        b"{}",
        b"{",
        b'{"type":"enter"',
        b"\xff\xfe",
        b'\xef\xbb\xbf{"type":"ping","at":1}',
        b'{"type":"ping","at":1}{"type":"ping","at":1}',
        b'{"type":"ping","at":NaN}',
        b'{"type":"ping","at":Infinity}',
        b'{"type":"ping","at":1e400}',
        b'{"type":"ping","at":1.5}',
        b'{"type":"ping","at":-1}',
        b'{"type":"ping","at":9007199254740992}',
        b'{"type":"ping","at":' + b"9" * 9000 + b"}",
        b'{"type":"ping","at":"1"}',
        b'{"type":"ping","at":true}',
        b'{"type":"ping","at":null}',
        b'{"type":"ping"}',
        b'{"at":1}',
        b'{"type":null,"at":1}',
        b'{"type":"Ping","at":1}',
        b'{"type":"welcome","as":"seat","now":1,"stream":"a","resumed":false}',
        b'{"type":"ping","at":1,"more":1}',
        b'{"type":"do","id":0,"command":{"type":"start"}}',
        b'{"type":"do","id":99999999999999999999,"command":{"type":"start"}}',
        b'{"type":"do","command":{"type":"start"}}',
        b"[" * 16_000,
        b'{"type":' * 2_000,
        b'{"type":"do","id":1,"command":' + b"[" * 16_000,
        b'{"type":"do","id":1,"command":{"type":"rename","nickname":"\xed\xa0\x80"}}',
        b'{"type":"do","id":1,"command":{"type":"rename","nickname":"\\ud800"}}',
        b'{"type":"do","id":1,"command":{"type":"rename","nickname":"\\udc00 and more"}}',
    ],
    ids=lambda raw: raw[:48].decode("latin-1"),
)
def test_a_frame_that_is_no_message_is_malformed(raw: bytes) -> None:
    assert code_of(raw) is GatewayCode.MALFORMED


@pytest.mark.parametrize(
    "change",
    [
        {"ticket": "short"},
        {"ticket": "a" * 129},
        {"ticket": "a" * 42 + "\n"},
        {"ticket": "a" * 42 + ":"},
        {"instance": "b" * 7},
        {"instance": "b" * 65},
        {"instance": "b" * 15 + "\n"},
        {"instance": "room:{0}:log"},
        {"instance": "éclaireur"},
        {"cursor": None, "more": 1},
        {"cursor": 17},
        {"cursor": {"n": 1}},
        {"cursor": {"stream": "", "n": 1}},
        {"cursor": {"stream": "s", "n": -1}},
        {"cursor": {"stream": "s", "n": 1, "seat": "luna"}},
    ],
    ids=str,
)
def test_an_enter_out_of_bounds_is_malformed(change: dict[str, Any]) -> None:
    assert isinstance(decode(frame(ENTER)), Enter)
    assert code_of(frame(ENTER | change)) is GatewayCode.MALFORMED


def test_a_command_that_nobody_knows_is_told_apart_and_its_id_is_read() -> None:
    for command in ({"type": "dance"}, {"type": "play", "move": {"type": "dance"}}, {"type": "close", "phase": 1}):
        with pytest.raises(Malformed) as caught:
            decode(frame({"type": "do", "id": 5, "command": command}))
        assert (caught.value.code, caught.value.id) == (GatewayCode.UNKNOWN_COMMAND, 5)


@pytest.mark.parametrize(
    "command",
    [
        {},
        [],
        {"type": "start", "force": True},
        {"type": "take_seat"},
        {"type": "take_seat", "seat": "kremlin"},
        {"type": "play"},
        {"type": "play", "move": {"type": "close", "phase": 1}, "seat": "luna"},
        {"type": "play", "move": {"type": "ready"}},
        {
            "type": "play",
            "move": {"type": "speak", "channel": "open", "body": {"type": "line", "key": "moscow-silent"}},
        },
        {"type": "play", "move": {"type": "speak", "channel": "open", "body": {"type": "text", "text": 1}}},
    ],
    ids=str,
)
def test_a_known_command_in_a_wrong_shape_is_malformed_and_its_id_is_read(command: Any) -> None:
    with pytest.raises(Malformed) as caught:
        decode(frame({"type": "do", "id": 5, "command": command}))
    assert caught.value.id == 5
    assert caught.value.code in (GatewayCode.MALFORMED, GatewayCode.UNKNOWN_COMMAND)


def test_a_frame_may_have_16384_bytes_and_no_more_however_they_are_counted() -> None:
    def spoken(text: str) -> bytes:
        body = {"type": "text", "text": text}
        move = {"type": "speak", "channel": "open", "body": body}
        command = {"type": "play", "move": move}
        return json.dumps({"type": "do", "id": 1, "command": command}, ensure_ascii=False).encode()

    room = LARGEST_FRAME - len(spoken(""))
    assert len(spoken("x" * room)) == LARGEST_FRAME
    assert isinstance(decode(spoken("x" * room)), Do)
    assert code_of(spoken("x" * (room + 1))) is GatewayCode.TOO_LARGE
    assert code_of(spoken("я" * (room // 2 + 1))) is GatewayCode.TOO_LARGE
    assert code_of(spoken("я" * (room // 2 + 1)).decode()) is GatewayCode.TOO_LARGE


def test_a_text_that_is_too_long_for_the_rules_is_left_to_the_rules() -> None:
    long = Do(1, Play(Speak(Channel.OPEN, Text("x" * 5000))))
    assert decode(encode(long)) == long


@pytest.mark.parametrize(
    ("raw", "id"),
    [
        (b'{"type":"ping","at":1,"at":1}', None),
        (b'{"type":"ping","type":"ping","at":1}', None),
        (b'{"type":"enter","ticket":"12345678","instance":"12345678","cursor":null}', None),
        (b'{"type":"enter","ticket":"12345678","instance":"12345678","nickname":null}', None),
        (b'{"type":"do","id":5,"command":{"type":"leave","type":"leave"}}', 5),
        (b'{"type":"do","id":5,"command":{"type":"play","move":{"type":"report","seat":null}}}', 5),
        (
            b'{"type":"do","id":5,"command":{"type":"play","move":{"type":"phone","order":{"kind":"hold","sector":null}}}}',
            5,
        ),
    ],
    ids=lambda value: value.decode()[:60] if isinstance(value, bytes) else "",
)
def test_no_member_stands_twice_and_none_is_null(raw: bytes, id: int | None) -> None:
    with pytest.raises(Malformed) as caught:
        decode(raw)
    assert (caught.value.code, caught.value.id) == (GatewayCode.MALFORMED, id)


@pytest.mark.parametrize(
    "order",
    [
        {"type": "rename", "nickname": "Radio", "more": 1},
        {"type": "play", "move": {"type": "seal", "orders": [{"kind": "paperwork", "more": 1}]}},
        {"type": "play", "move": {"type": "sign", "body": {"type": "text", "text": "Hold.", "more": 1}}},
        {"type": "play", "move": {"type": "sign", "body": {"type": "agree", "message": 2**60}}},
        {"type": "play", "move": {"type": "open_envelope", "envelope": 2**60}},
    ],
    ids=str,
)
def test_what_is_inside_a_command_is_read_as_strictly_as_the_command(order: Any) -> None:
    assert code_of(frame({"type": "do", "id": 1, "command": order})) is GatewayCode.MALFORMED


def test_a_text_frame_with_half_a_character_is_malformed() -> None:
    assert code_of('{"type":"ping","at":"\ud800"}') is GatewayCode.MALFORMED


@given(st.binary(max_size=200) | st.text(max_size=200))
def test_any_bytes_are_a_message_or_malformed(raw: bytes | str) -> None:
    assert is_answered(raw)


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=6,
)


@given(st.sampled_from(examples.CLIENT), st.data())
def test_a_message_with_one_thing_changed_is_a_message_or_malformed(message: Any, data: st.DataObject) -> None:
    value = json.loads(encode(message))
    spot: Any = value
    while True:
        key = data.draw(st.sampled_from(sorted(spot)))
        if not (isinstance(spot[key], dict) and spot[key] and data.draw(st.booleans())):
            break
        spot = spot[key]
    spot[key] = data.draw(_JSON)
    assert is_answered(frame(value))


def test_every_code_has_a_sentence_and_no_word_has_two() -> None:
    assert set(RoomCode) <= set(ALL)
    assert set(GatewayCode) <= set(ALL)
    assert set(REFUSALS) <= set(ALL)
    assert set(CLOSES) <= set(ALL)
    assert len({str(code) for code in ALL}) == len(ALL)
    assert all(sentence.endswith(".") for sentence in ALL.values())


def test_every_gateway_code_is_a_refusal_or_a_close_or_said_over_http() -> None:
    assert set(GatewayCode) == {code for code in (*REFUSALS, *CLOSES, *HTTP_ONLY) if isinstance(code, GatewayCode)}


def test_close_codes_differ_and_a_farewell_fits_into_a_close_frame() -> None:
    assert len({close.code for close in CLOSES.values()}) == len(CLOSES)
    for reason, close in CLOSES.items():
        farewell = bye(reason)
        assert (farewell.code, farewell.reason, farewell.again) == (close.code, reason, close.again)
        assert len(reason.encode()) <= 123
        assert close.code in (1011, 1012) or 4000 <= close.code <= 4999


def test_a_refusal_is_written_as_its_word() -> None:
    assert encode(Refused(2, RoomCode.NOT_HOST)) == b'{"type":"refused","id":2,"code":"not_host"}'
