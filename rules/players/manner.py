"""How an officer talks like a person: a remark now and then, and an answer to who speaks to it in plain words.

It never answers everything, and what it says here betrays nothing that it does not say in forms.
"""

from collections.abc import Iterator

from rules import commands as c
from rules import forms as f
from rules.commands import SeatCommand
from rules.ids import Channel, Level, Phase, Role, Seat, Sector
from rules.orders import Order
from rules.players.lot import Lot
from rules.players.reading import Reading, Remark
from rules.players.voices import Occasion, say, temperament_of, word
from rules.view import Can, View


class Voice:
    """One seat's way of speaking in a match, and the lots of one wake."""

    def __init__(self, view: View, language: str, lot: Lot) -> None:
        assert view.you is not None, "a watcher has no voice"
        self.language, self.lot = language, lot
        self.temperament = temperament_of(view.commitment, view.you.seat)

    def words(self, occasion: Occasion, **values: Seat | Sector | Order | Level | Role) -> f.Text:
        """A sentence for the occasion, with these values in words."""
        names = {name: word(self.language, value) for name, value in values.items()}
        return f.Text(say(self.language, self.temperament, occasion, self.lot.below, **names))


def opening(view: View, can: Can, reading: Reading, voice: Voice) -> Iterator[SeatCommand]:
    """A greeting on the first night, a word on the last night on the others; a reproach to who broke a promise."""
    lot = voice.lot
    if Channel.OPEN not in can.speak:
        return
    if view.turn == 1:
        if lot.percent(45, "greet"):
            yield c.Speak(Channel.OPEN, voice.words(Occasion.GREET))
        return
    broke = [seat for seat in reading.broke if seat is not (view.you and view.you.seat)]
    if broke and lot.percent(35, "reproach"):
        yield c.Speak(Channel.OPEN, voice.words(Occasion.BROKEN_PROMISE, seat=lot.choose("who broke it", broke)))
        return
    report = view.turns[view.turn - 1].report
    if report is not None and lot.percent(16, "last night"):
        worst = max(report, key=lambda sector: report[sector].ground_lost)
        if report[worst].ground_lost:
            yield c.Speak(Channel.OPEN, voice.words(Occasion.BAD_NIGHT, sector=worst))
        else:
            yield c.Speak(Channel.OPEN, voice.words(Occasion.GOOD_NIGHT))


def reply(view: View, can: Can, reading: Reading, orders: tuple[Order, ...], voice: Voice) -> Iterator[SeatCommand]:
    """An answer to the last plain words that were meant for this seat, if it has given none; mostly."""
    assert view.you is not None, "a watcher is not spoken to"
    unanswered = [remark for remark in reading.remarks if not remark.is_answered]
    if not unanswered or not voice.lot.percent(80, "answer at all"):
        return
    remark = unanswered[-1]
    answer = _answer(view, reading, remark, orders, voice)
    if answer is None:
        return
    if remark.channel is Channel.LETTER:
        if can.letter is not None and can.letter.left:
            yield c.Speak(Channel.LETTER, answer, to=remark.by)
    elif remark.channel in can.speak:
        yield c.Speak(remark.channel, answer)


def _answer(view: View, reading: Reading, remark: Remark, orders: tuple[Order, ...], voice: Voice) -> f.Said | None:
    assert view.you is not None, "a watcher is not spoken to"
    me, heard = view.you.seat, remark.heard
    for form in heard.forms:
        match form:
            case f.Ask(seat, order) if seat is me:
                return voice.words(Occasion.AGREE if order in orders else Occasion.REFUSE)
            case f.Suspect(seat) | f.Name(seat) if seat is me:
                return voice.words(Occasion.DEFEND)
            case f.Thrust() | f.Will():
                return voice.words(Occasion.THANKS, seat=remark.by) if voice.lot.percent(40, "thank") else None
            case _:
                pass
    if heard.is_thanks or heard.is_yes or heard.is_no:
        return None
    if heard.is_greeting and not heard.is_question:
        return voice.words(Occasion.GREET) if not reading.own else None
    if heard.is_question:
        return _to_question(view, voice)
    return voice.words(Occasion.SHORT_OF_TIME) if voice.lot.percent(50, "short") else None


def _to_question(view: View, voice: Voice) -> f.Said:
    """What it heard of the enemy, as often as an evasion: any question may be answered by a rumour."""
    assert view.you is not None, "a watcher is not asked"
    own = view.you.turns.get(view.turn)
    if own is not None and own.rumour is not None and view.phase is Phase.WIRE and voice.lot.percent(45, "rumour"):
        return f.Thrust(own.rumour.sector, own.rumour.level)
    return voice.words(Occasion.WHO_KNOWS if voice.lot.percent(40, "who knows") else Occasion.SHORT_OF_TIME)


def accusation(can: Can, seat: Seat, voice: Voice) -> Iterator[SeatCommand]:
    """Words beside a name that is put forward."""
    if Channel.OPEN in can.speak and voice.lot.percent(30, "in words too"):
        yield c.Speak(Channel.OPEN, voice.words(Occasion.ACCUSE, seat=seat))


def defence(view: View, can: Can, reading: Reading, voice: Voice) -> Iterator[SeatCommand]:
    """A word for oneself, once in an inquiry, when others put one's own name forward."""
    assert view.you is not None, "a watcher is not accused"
    named = reading.names[view.you.seat]
    spoke = any(isinstance(paper.body, f.Text) for paper in reading.own)
    if named and not spoke and Channel.OPEN in can.speak and voice.lot.percent(50, "defend"):
        yield c.Speak(Channel.OPEN, voice.words(Occasion.DEFEND))
