"""The whole file, opened to all once a match is judged: roles, orders, reports, taps, confessions, words, promises.

Nothing calls this before the judgement; `rules.project` sees to it. Source: the rulebook, "Judgement".
"""

from rules import view as v
from rules.forms import Agree, Refuse
from rules.ids import SEATS, SECTORS, Role, Seat, place_of
from rules.ledger import ledger
from rules.state import Message, State, Turn


def open_file(state: State) -> v.File:
    """The file of a judged match."""
    assert state.judgement is not None, "a file is opened when it is judged"
    return v.File(
        seed=state.seed,
        salt=state.salt,
        roles={seat: state.officer(seat).role for seat in SEATS},
        books={seat: state.officer(seat).books for seat in SEATS},
        patron=state.patron or Role.MALENKOV,
        turns={turn.number: _turn(state, turn) for turn in state.turns},
        messages={number: _paper(m) for number, m in enumerate(state.messages, 1)},
        ledger=ledger(state),
        judgement=state.judgement,
        naming=state.naming,
    )


def _turn(state: State, turn: Turn) -> v.FileTurn:
    return v.FileTurn(
        thrusts=dict(zip(SECTORS, turn.thrusts, strict=True)),
        seats={seat: _seat(turn, seat) for seat in SEATS},
        moves=turn.moves,
        phone=turn.phone,
        power=turn.power,
        traced=turn.traced,
        opened=None if turn.opened is None else turn.opened + 1,
        demand=turn.demand,
        answer=turn.answered,
        fact=turn.fact,
        granted=turn.granted,
    )


def _seat(turn: Turn, seat: Seat) -> v.FileSeat:
    record = turn.seats[place_of(seat)]
    return v.FileSeat(record.orders, record.rumour, record.report, record.has_reported)


def _paper(message: Message) -> v.Paper:
    body = message.body
    if isinstance(body, Agree | Refuse) and body.message is not None:
        body = type(body)(body.message + 1)
    return v.Paper(
        turn=message.turn,
        channel=message.channel,
        body=body,
        author=message.author,
        to=message.to,
        book=message.book,
        line=message.line,
        signed=message.signed,
    )
