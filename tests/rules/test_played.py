"""A person against four strategists, as it was played once: what the bots made of plain words, and how they spoke."""

from collections import Counter

from rules import forms as f
from rules.codec import decode_events
from rules.evolve import replay
from rules.ids import SEATS, Channel, Phase, Seat
from rules.players.hearing import hear
from rules.players.officer import MESSAGES_A_TURN
from rules.state import Message, State
from tests.rules.played import human, record
from tests.rules.played.transcript import transcript

PERSON = Seat.SOKOL
EVENTS = decode_events(record.LOG.read_bytes())
STATE: State = replay(EVENTS)


def said(*, by: Seat | None = None) -> list[Message]:
    """What the seats said before the file was opened; without `by`, what the bots said."""
    wanted = [by] if by is not None else [seat for seat in SEATS if seat is not PERSON]
    return [message for message in STATE.messages if message.author in wanted and message.turn]


def in_words(messages: list[Message]) -> list[str]:
    return [message.body.text for message in messages if isinstance(message.body, f.Text)]


def test_the_same_match_is_played_today_and_its_log_gives_its_judgement() -> None:
    assert record.played().events == EVENTS
    assert STATE.phase is Phase.FINISHED


def test_the_transcript_is_the_logs() -> None:
    assert record.TOLD.read_text(encoding="utf-8") == transcript(EVENTS)


def test_the_person_said_his_part_in_plain_words() -> None:
    words = in_words(said(by=PERSON))
    assert {sentence for night in human.OPENING.values() for sentence in night} <= set(words)


def test_letters_in_plain_words_are_answered_by_most_and_never_by_a_third() -> None:
    answered = 0
    for turn, (to, _) in human.LETTERS.items():
        answers = [m for m in said(by=to) if m.turn == turn and m.channel is Channel.LETTER and m.to is PERSON]
        answered += bool(answers)
    assert answered >= len(human.LETTERS) - 2


def test_bots_put_much_in_words_hardly_repeat_themselves_and_keep_forms_for_promises() -> None:
    bots = said()
    words = in_words(bots)
    assert len(words) >= len(bots) / 4
    assert max(Counter(words).values()) <= 6
    assert any(isinstance(message.body, f.Will) for message in bots)
    assert any(isinstance(message.body, f.Offer) for message in bots)


def test_what_bots_say_of_enemy_and_orders_in_words_is_heard_as_forms() -> None:
    heard = [form for sentence in in_words(said()) for form in hear(sentence).forms]
    assert any(isinstance(form, f.Thrust) for form in heard)
    assert any(isinstance(form, f.Ask) for form in heard)


def test_no_bot_floods_the_wire() -> None:
    by_night = Counter((message.author, message.turn) for message in said() if message.channel is not Channel.ROOM)
    assert max(by_night.values()) <= MESSAGES_A_TURN
