"""The officer: a player with the sensible habits of each role. It knows its view alone, and speaks by channels alone.

It may be woken any number of times in a phase. On the wire it first talks, then seals and says what it will do, then
listens: it changes its order where others' words make another one clearly better. It never owes a choice for long.
Source: the rulebook, "A match"; what each role wants is in `aims`, what it believes in `plans` and `suspects`.
"""

from collections.abc import Iterable, Iterator

from rules import commands as c
from rules.commands import SeatCommand
from rules.ids import Phase, Role, Seat
from rules.orders import Order
from rules.players import accusing, manner, powers, room, talking
from rules.players.aims import aims
from rules.players.estimate import Estimate
from rules.players.lot import Draw, Lot
from rules.players.manner import Voice
from rules.players.plans import Plan, plans
from rules.players.reading import read
from rules.players.suspects import malenkov
from rules.view import Can, View, You

MESSAGES_A_TURN = 7
"""What an officer says in a turn at most, by all channels together, answers included."""

SECOND_THOUGHTS = 0.35
"""How much better another order has to be before a sealed one is changed: a promise may hang on it."""

A_WHIM = 0.06
"""What taste adds to an order, none to two times: equals are not always ordered alike."""

A_FAVOUR = 0.25
"""What it is worth to do what somebody has asked for: he may do as much for you."""

A_CALL = 1.2
"""What the phone has to win before it is picked up: calls are few, and ring in Beria's ear."""


def act(view: View, draw: Draw, language: str = "en") -> tuple[SeatCommand, ...]:
    """What a seat does when it is woken with this view: commands to be given in this order. Empty for a watcher.

    `language` is the table's, for words of its own: en or ru.
    """
    if view.you is None or view.can is None or view.phase is Phase.FINISHED:
        return ()
    return tuple(Officer(view, view.you, view.can, draw, language).acts())


class Officer:
    """An officer at one wake. What a better player does better is a method."""

    def __init__(self, view: View, you: You, can: Can, draw: Draw, language: str) -> None:
        self.view, self.you, self.can = view, you, can
        self.lot = Lot(draw, f"{view.phase_number}:{len(view.papers)}")
        self.voice = Voice(view, language, self.lot)
        self.reading = read(view)
        self.reading.malenkov = self.suspects()

    def acts(self) -> Iterator[SeatCommand]:
        """All that it does at this wake."""
        ready = () if self.you.ready else (c.Ready(True),)
        match self.view.phase:
            case Phase.WIRE:
                yield from self._briefly(self._wire(ready))
            case Phase.INQUIRY:
                yield from self._briefly(accusing.inquiry(self.view, self.can, self.reading, self.voice, ready))
            case Phase.NAMING:
                yield from accusing.naming(self.view, self.can, self.reading, self.lot)
                yield from ready
            case _:
                yield from ready

    def suspects(self) -> dict[Seat, float]:
        """The chance that each seat is Malenkov."""
        return malenkov(self.view, self.reading)

    def plans(self) -> tuple[tuple[float, Plan], ...]:
        """What it believes of the enemy's plan tonight; see `plans.plans`."""
        return plans(self.view, self.reading)

    def wishes(self, worth: dict[Order, float], own: tuple[Order, ...]) -> Iterator[SeatCommand]:
        """What it asks of others, once its own order is sealed."""
        yield from talking.wish(self.view, self.can, self.reading, worth, own, self.lot)

    def tells_all(self) -> bool:
        """Whether, as Irina, it says what it sees where everybody hears it."""
        return self.lot.percent(50, "tell all")

    def worth(self, estimate: Estimate) -> dict[Order, float]:
        """What each order that it may seal is worth to it."""
        assert self.can.seal is not None, "only who may seal weighs orders"
        orders = self.can.seal.orders
        whim = self.lot.below("whim", 3 ** len(orders))
        return {order: estimate.worth(order) + A_WHIM * (whim // 3**place % 3) for place, order in enumerate(orders)}

    def patron(self) -> Role:
        """Whom it picks, as Pavel, when it has to."""
        return powers.patron(self.view)

    def calls(self, estimate: Estimate) -> Iterator[SeatCommand]:
        """The phone where it turns a road, or while there is still a call for every turn that is left."""
        worth = {order: estimate.worth(order, 2.0) for order in self.can.phone}
        best = max(worth, key=lambda order: worth[order])
        left = self.view.scenario.turns - self.view.turn + 1
        enough = A_CALL if left > (self.you.phone_left or 0) else 0.3
        if worth[best] > enough and self.lot.percent(85, "phone"):
            yield c.Phone(best)

    def _briefly(self, commands: Iterable[SeatCommand]) -> Iterator[SeatCommand]:
        """Nobody reads who talks all night: words above the cap stay unsaid."""
        left = MESSAGES_A_TURN - len(self.reading.own)
        for command in commands:
            if isinstance(command, c.Speak | c.Sign):
                left -= 1
                if left < 0:
                    continue
            yield command

    def _wire(self, ready: tuple[SeatCommand, ...]) -> Iterator[SeatCommand]:
        view, can, reading = self.view, self.can, self.reading
        own = self.you.turns[view.turn]
        if not reading.own and not own.orders and not self.you.ready:
            words = tuple(self._first_words())
            if words:
                yield from words
                return
        yield from room.choices(view, can, reading, self.voice)
        if can.seal is not None:
            yield from self._orders(own.orders)
            yield from manner.reply(view, can, reading, own.orders, self.voice)
        if not self.you.ready:
            yield from powers.choices(view, can, reading, self.lot)
            if can.pick and view.turn >= view.scenario.moscow.patron_by:
                yield c.Pick(self.patron())
        yield from ready

    def _first_words(self) -> Iterator[SeatCommand]:
        yield from manner.opening(self.view, self.can, self.reading, self.voice)
        yield from talking.first_words(self.view, self.can, self.reading, self.lot, tells_all=self.tells_all())

    def _orders(self, sealed: tuple[Order, ...]) -> Iterator[SeatCommand]:
        view, can, reading = self.view, self.can, self.reading
        assert can.seal is not None, "only who may seal is asked"
        estimate = Estimate(view, reading, aims(view), self.plans())
        worth = self.worth(estimate)
        for wish in reading.wishes.values():
            if wish.order in worth:
                worth[wish.order] += A_FAVOUR
        best = tuple(sorted(worth, key=lambda order: -worth[order])[: can.seal.slots])
        gain = sum(worth[order] for order in best) - sum(worth.get(order, 0.0) for order in sealed)
        if not sealed or gain > SECOND_THOUGHTS:
            yield c.Seal(best)
            yield from talking.promise(view, can, best, self.lot)
        if not sealed:
            yield from self.wishes(worth, best)
        else:
            yield from talking.answer_wishes(view, can, reading, best if gain > SECOND_THOUGHTS else sealed)
        if can.phone and self.you.turns[view.turn].phone is None and self.you.phone_left:
            yield from self.calls(estimate)
