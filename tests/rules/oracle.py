"""What a viewer may know, written a second time, straight from the rulebook and with nothing of `rules.project`.

`may_notice` says whom an event may reach, `readable` what each viewer may have read, and `scrambled` changes everything
in a state that a viewer may not know. Source: the rulebook, "What each viewer may know", "The wire", "Powers".
"""

from collections.abc import Iterable
from random import Random

from msgspec.structs import replace

from rules import events as e
from rules.commands import Answer, Use
from rules.forms import Agree, Body, Refuse, Text
from rules.ids import (
    BOOKS,
    LEVELS,
    PATRONS,
    SEATS,
    SECTORS,
    VIEWERS,
    WATCHER,
    AnswerKind,
    Book,
    Channel,
    DemandKind,
    OrderKind,
    PowerKind,
    Role,
    Seat,
    Viewer,
    place_of,
)
from rules.orders import Order
from rules.state import Fact, Message, Move, Officer, Rumour, SeatTurn, State, TracedOrder, Turn

EVERYBODY = frozenset(VIEWERS)
NOBODY: frozenset[Viewer] = frozenset()

PUBLIC_BY_NATURE: dict[type, str] = {
    e.Dealt: "a match begins for all at once; there is no view before it to compare with",
    e.TurnOpened: "it opens the wire for all; what it holds in secret is tested by scrambling",
    e.ReadySaid: "the number of ready seats shows; whose it is is tested by scrambling",
    e.WireClosed: "everyone sees each seat's sheet, even the prisoner",
    e.FrontReported: "the front report is public",
    e.InquiryOpened: "that the directive was broken is public",
    e.InquiryClosed: "who was most-named is public",
    e.Published: "suspicion is published once a turn",
    e.Summoned: "a summons is announced, whoever gave it",
    e.NamingOpened: "the phase is public",
    e.Finished: "the whole file is opened to all",
}


def may_notice(before: State, event: e.Event) -> frozenset[Viewer]:
    """The viewers who may see anything change because of an event, in the state before it."""
    beria, malenkov, pavel = (before.seat_of(role) for role in (Role.BERIA, Role.MALENKOV, Role.PAVEL))
    match event:
        case e.Spoke(message):
            return _reached(before, message)
        case e.BookHanded(seat=seat, to=to):
            return frozenset({seat, to or beria})
        case e.Sealed(seat=seat) | e.Reported(seat=seat):
            return frozenset({seat})
        case e.PhoneLifted():
            return frozenset({malenkov})
        case e.PhoneRang():
            return frozenset({beria, malenkov})
        case e.PowerChosen() | e.Denoted() | e.Traced():
            return frozenset({beria})
        case e.EnvelopeOpened() | e.PatronPicked():
            return frozenset({pavel})
        case e.Demanded():
            return _in_the_room(before)
        case e.Answered():
            return frozenset({_prisoner(before)})
        case e.RoomEnded():
            return _in_the_room(before)
        case e.Returned(seat):
            return frozenset({seat})
        case e.RequestGranted() | e.SuspicionMoved() | e.NameGiven():
            return NOBODY
        case _:
            return EVERYBODY


def _prisoner(state: State) -> Seat:
    seat = state.turn.prisoner
    assert seat is not None, "only a prisoner answers"
    return seat


def _in_the_room(state: State) -> frozenset[Viewer]:
    """The prisoner and the Interrogator, who is Beria's player; nobody's if it is Beria who sits there."""
    return frozenset({_prisoner(state), state.seat_of(Role.BERIA)})


def _reached(state: State, message: Message) -> frozenset[Viewer]:
    """Readers at once, and Pavel for an envelope. The prisoner is cut off from all but the Room and his own words."""
    beria, pavel = state.seat_of(Role.BERIA), state.seat_of(Role.PAVEL)
    reached: set[Viewer] = set(_addressed(state, message))
    prisoner = state.prisoner
    reaches_the_room = message.channel is Channel.ROOM or (prisoner is beria and message.channel is Channel.MOSCOW)
    if prisoner is not None and message.author is not prisoner and not reaches_the_room:
        reached.discard(prisoner)
    if message.channel is Channel.LETTER:
        reached.add(pavel)
    return frozenset(reached)


def _addressed(state: State, message: Message) -> Iterable[Viewer]:
    beria = state.seat_of(Role.BERIA)
    if message.author is not None:
        yield message.author
    if message.to is not None:
        yield message.to
    match message.channel:
        case Channel.OPEN:
            yield from VIEWERS
        case Channel.LETTER:
            use = state.turn.power
            if use is not None and use.power is PowerKind.TAP and use.seat in (message.author, message.to):
                yield beria
        case Channel.WIRELESS:
            yield from (seat for seat in SEATS if message.book in state.officer(seat).books)
        case Channel.MOSCOW:
            yield from VIEWERS if message.signed and message.to is None else (beria,)
        case Channel.ROOM:
            yield from _in_the_room(state)


def readable(log: Iterable[tuple[State, e.Event]]) -> dict[Viewer, set[int]]:
    """What each viewer has read after these events, each with the state before it: places among all messages."""
    read: dict[Viewer, set[int]] = {viewer: set() for viewer in VIEWERS}
    waiting: set[int] = set()
    for before, event in log:
        beria = before.seat_of(Role.BERIA)
        match event:
            case e.Spoke(message):
                place = len(before.messages)
                for viewer in set(_addressed(before, message)):
                    if viewer == before.prisoner and viewer not in _reached_now(before, message):
                        waiting.add(place)
                    else:
                        read[viewer].add(place)
            case e.BookHanded(book=book, to=to):
                taker = to or beria
                traffic = {place for place, message in enumerate(before.messages) if message.book is book}
                late = {place for place in traffic if taker == before.prisoner and _is_of_this_turn(before, place)}
                waiting |= late - read[taker]
                read[taker] |= traffic - late
            case e.PowerChosen(Use(power=PowerKind.TAP, seat=tapped)):
                read[beria] |= {
                    place
                    for place, message in enumerate(before.messages)
                    if message.channel is Channel.LETTER
                    and _is_of_this_turn(before, place)
                    and tapped in (message.author, message.to)
                }
            case e.EnvelopeOpened(place):
                read[before.seat_of(Role.PAVEL)].add(place)
            case e.Returned(seat):
                read[seat] |= waiting
                waiting = set()
            case _:
                pass
    return read


def _is_of_this_turn(state: State, place: int) -> bool:
    return state.messages[place].turn == state.turn_number


def _reached_now(state: State, message: Message) -> set[Viewer]:
    pavel_only = {state.seat_of(Role.PAVEL)} if message.channel is Channel.LETTER else set()
    return set(_reached(state, message)) - (pavel_only - set(_addressed(state, message)))


def scrambled(state: State, viewer: Viewer, random: Random) -> State:
    """The state with everything else put in place of what this viewer may not know. Not for a match that is over."""
    return _Scrambling(state, viewer, random).made()


class _Scrambling:
    """One viewer's share of a state, kept; the rest by chance, consistent or not: a view must not depend on it."""

    def __init__(self, state: State, viewer: Viewer, random: Random) -> None:
        self.state, self.viewer, self.random = state, viewer, random
        self.role = None if viewer is WATCHER else state.officers[VIEWERS.index(viewer)].role

    def made(self) -> State:
        state, chance = self.state, self.random
        messages, moved = self._messages()
        return replace(
            state,
            seed=chance.randbytes(32).hex(),
            salt=chance.randbytes(32).hex(),
            officers=self._officers(),
            phone_left=self._unless(Role.MALENKOV, state.phone_left, chance.randrange(3)),
            summons_left=self._unless(Role.BERIA, state.summons_left, chance.randrange(4)),
            mines=tuple(chance.choice((0, 2, 4)) for _ in SECTORS),
            bridge_blown=chance.random() < 0.5,
            patron=self._unless(Role.PAVEL, state.patron, chance.choice((*PATRONS, None))),
            denoted=self._unless(Role.BERIA, state.denoted, chance.choice((*SEATS, None))),
            ready=self._ready(),
            turns=tuple(self._turn(turn, moved) for turn in state.turns),
            messages=messages,
            papers=self._papers(moved, len(messages)),
            envelopes=self._envelopes(moved, len(messages)),
        )

    def _unless(self, role: Role, kept: object, other: object) -> object:
        """What only this role knows."""
        return kept if self.role is role else other

    def _some(self, options: Iterable[object]) -> tuple[object, ...]:
        return tuple(option for option in options if self.random.random() < 0.5)

    def _others(self) -> list[Seat]:
        return [seat for seat in SEATS if seat is not self.viewer]

    def _order(self) -> Order:
        kind = self.random.choice(list(OrderKind))
        return Order(kind, None if kind is OrderKind.PAPERWORK else self.random.choice(SECTORS))

    def _officers(self) -> tuple[Officer, ...]:
        roles = self._roles()
        return tuple(self._officer(seat, roles[seat]) for seat in SEATS)

    def _officer(self, seat: Seat, role: Role) -> Officer:
        officer, chance = self.state.officer(seat), self.random
        officer = replace(officer, role=role, suspicion=chance.randrange(11))
        if seat is self.viewer:
            return officer
        books = self._some(BOOKS)
        return replace(officer, nerve=chance.randrange(2), books=books, has_denounced=chance.random() < 0.5)

    def _roles(self) -> dict[Seat, Role]:
        """Malenkov knows Pavel; Pavel knows two pairs apart; a confession of a role is known to Beria."""
        roles = {seat: self.state.officer(seat).role for seat in SEATS}
        unknown = self._others()
        groups = [unknown]
        if self.role is Role.MALENKOV:
            groups = [[seat for seat in unknown if roles[seat] is not Role.PAVEL]]
        elif self.role is Role.PAVEL:
            pair = (Role.MALENKOV, Role.IRINA)
            groups = [[s for s in unknown if roles[s] in pair], [s for s in unknown if roles[s] not in pair]]
        elif self.role is Role.BERIA:
            confessed = {turn.fact.seat for turn in self.state.turns if turn.fact is not None and turn.fact.role}
            groups = [[seat for seat in unknown if seat not in confessed]]
        for group in groups:
            dealt = [roles[seat] for seat in group]
            self.random.shuffle(dealt)
            roles |= dict(zip(group, dealt, strict=True))
        return roles

    def _ready(self) -> tuple[Seat, ...]:
        """As many as there are; his own word is his to know."""
        own = [seat for seat in self.state.ready if seat is self.viewer]
        found = [*own, *self.random.sample(self._others(), len(self.state.ready) - len(own))]
        self.random.shuffle(found)
        return tuple(found)

    def _turn(self, turn: Turn, moved: dict[int, int]) -> Turn:
        chance, beria = self.random, self.role is Role.BERIA
        was_there = self.viewer == turn.prisoner
        asked = was_there or (beria and turn.prisoner is not None)
        learned = beria and not was_there
        rang = beria and bool(turn.report)
        phone = self._order() if chance.random() < 0.5 or (rang and turn.phone is not None) else None
        if rang and turn.phone is None:
            phone = None
        power = Use(chance.choice(list(PowerKind)), chance.choice(SEATS), chance.choice(SECTORS))
        opened = turn.opened if turn.opened is None else moved.get(turn.opened, 0)
        return replace(
            turn,
            thrusts=self._unless(Role.IRINA, turn.thrusts, tuple(chance.randrange(11) for _ in SECTORS)),
            seats=tuple(self._seat_turn(seat, turn.seats[place_of(seat)]) for seat in SEATS),
            phone=self._unless(Role.MALENKOV, turn.phone, phone),
            power=self._unless(Role.BERIA, turn.power, chance.choice((power, None))),
            signed=self._unless(Role.BERIA, turn.signed, chance.randrange(3)),
            opened=self._unless(Role.PAVEL, opened, chance.choice((None, 0))),
            demand=turn.demand if asked else chance.choice((*DemandKind, None)),
            answer=turn.answer if was_there else self._answer(),
            answered=turn.answered if was_there or learned else self._answer(),
            rang=turn.rang if beria else chance.choice((*SECTORS, None)),
            traced=turn.traced if beria else chance.choice((None, (), (TracedOrder(SEATS[0], self._order()),))),
            granted=chance.choice((*SECTORS, None)),
            fact=turn.fact if learned else chance.choice((None, Fact(SEATS[1], DemandKind.ROLE, Role.IRINA))),
            moves=tuple(Move(chance.choice(SEATS), chance.randrange(-3, 4), "most_named") for _ in range(3)),
        )

    def _answer(self) -> Answer | None:
        choices = (Answer(AnswerKind.CONFESS), Answer(AnswerKind.ENDURE), Answer(AnswerKind.DENOUNCE, SEATS[2]), None)
        return self.random.choice(choices)

    def _seat_turn(self, seat: Seat, kept: SeatTurn) -> SeatTurn:
        if seat is self.viewer:
            return kept
        chance = self.random
        return SeatTurn(
            rumour=chance.choice((None, Rumour(chance.choice(SECTORS), chance.choice(LEVELS)))),
            orders=tuple(self._order() for _ in range(chance.randrange(3))),
            letters=chance.randrange(7),
            lines=chance.choice(((), (0,), (1,), (1, 0))),
            report=chance.choice((*SEATS, None)),
            has_reported=chance.random() < 0.5,
        )

    def _messages(self) -> tuple[tuple[Message, ...], dict[int, int]]:
        """Hidden messages come, go and change; what he read stays, in its order. With the new places of those kept."""
        found: list[Message] = []
        moved: dict[int, int] = {}
        for place, message in enumerate(self.state.messages):
            found += [self._unseen() for _ in range(self.random.choice((0, 0, 0, 1, 2)))]
            if self._is_read(place):
                message = self._read(message)
            elif self._is_envelope(place):
                message = replace(message, body=self._unseen().body)
            elif self.random.random() < 0.4:
                continue
            else:
                message = self._unseen()
            moved[place] = len(found)
            found.append(message)
        kept = {moved[place] for place in moved if self._is_read(place)}
        hidden = [place for place in range(len(found)) if place not in kept]
        return tuple(self._referring(m, moved, hidden) if i in kept else m for i, m in enumerate(found)), moved

    def _is_read(self, place: int) -> bool:
        return place in self.state.papers_of(self.viewer)

    def _is_envelope(self, place: int) -> bool:
        return self.role is Role.PAVEL and place in self.state.envelopes

    def _read(self, message: Message) -> Message:
        """Who signs as MOSCOW is Beria's to know alone, and the Interrogator is unnamed before his prisoner."""
        if message.author == self.viewer or self.role is Role.BERIA:
            return message
        if message.signed:
            return replace(message, author=self.random.choice((*self._others(), None)))
        if message.channel is Channel.ROOM:
            return replace(message, author=self.random.choice(self._others()))
        return message

    def _referring(self, message: Message, moved: dict[int, int], hidden: list[int]) -> Message:
        """A reference to what he read stays; to what he never read, it may be to anything else he never read."""
        body: Body = message.body
        if isinstance(body, Agree | Refuse):
            place = body.message
            known = place is not None and self._is_read(place)
            to = moved[place] if known and place is not None else self.random.choice((*hidden, None))
            return replace(message, body=replace(body, message=to))
        return message

    def _unseen(self) -> Message:
        chance = self.random
        author, to = chance.sample(SEATS, 2)
        return Message(
            turn=chance.randrange(self.state.turn_number + 1),
            channel=chance.choice(list(Channel)),
            body=Text(f"canary {chance.randrange(10**9)}"),
            author=author,
            to=chance.choice((to, None)),
            book=chance.choice((*Book, None)),
            line=chance.choice((0, 1, None)),
            signed=chance.random() < 0.2,
        )

    def _papers(self, moved: dict[int, int], count: int) -> tuple[tuple[int, ...], ...]:
        rows = []
        for viewer, places in zip(VIEWERS, self.state.papers, strict=True):
            if viewer == self.viewer:
                rows.append(tuple(moved[place] for place in places))
            else:
                rows.append(tuple(self.random.sample(range(count), self.random.randrange(count + 1))))
        return tuple(rows)

    def _envelopes(self, moved: dict[int, int], count: int) -> tuple[int, ...]:
        if self.role is Role.PAVEL:
            return tuple(moved[place] for place in self.state.envelopes)
        return tuple(range(self.random.randrange(count + 1)))
