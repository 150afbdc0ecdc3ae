"""The projection: what a viewer may know. Secrets are added, never removed; nothing else decides what is secret.

A view is a function of the public state, the seat's own file and what its powers showed it. What is sent to a viewer is
the difference of two views, so what changes nothing that he sees sends him nothing. Source: the rulebook, "What each
viewer may know".
"""

from msgspec.structs import replace

from rules import view as v
from rules.casefile import open_file
from rules.forms import Agree, Body, Refuse
from rules.ids import SEATS, SECTORS, VIEWERS, Channel, Phase, Role, Seat, Sector, Viewer, Watcher, place_of
from rules.legal import can
from rules.owed import owed
from rules.state import TALKING, Message, State, Turn


def project(state: State, viewer: Viewer) -> v.View:
    """All that this viewer may know right now."""
    return _view(state, viewer, _public(state))


def project_to_all(state: State) -> dict[Viewer, v.View]:
    """What `project` gives each of VIEWERS; what is public is made once for all of them."""
    public = _public(state)
    return {viewer: _view(state, viewer, public) for viewer in VIEWERS}


def _public(state: State) -> v.View:
    """What everybody may know, without the papers: each has his own."""
    public = v.View(
        scenario=state.scenario,
        commitment=state.commitment,
        phase=state.phase,
        phase_number=state.phase_number,
        turn=state.turn_number,
        ready=len(state.ready),
        front=_front(state),
        officers={seat: _officer(state, seat) for seat in SEATS},
        turns={turn.number: _public_turn(state, turn) for turn in state.turns},
        papers={},
        directive=state.turn.directive if state.turns else None,
        prisoner=state.prisoner,
        guns=state.guns,
        spared=state.spared,
        breached=tuple(sector for sector, left in zip(SECTORS, state.ground, strict=True) if left == 0),
    )
    if state.phase is Phase.FINISHED and state.judgement is not None:
        return replace(public, naming=state.naming, judgement=state.judgement.front, file=open_file(state))
    return public


def _view(state: State, viewer: Viewer, public: v.View) -> v.View:
    papers = _papers(state, viewer)
    if isinstance(viewer, Watcher):
        return replace(public, papers=papers)
    return replace(public, papers=papers, you=_you(state, viewer), can=can(state, viewer), owed=owed(state, viewer))


def _front(state: State) -> dict[Sector, v.SectorView]:
    numbers = zip(SECTORS, state.ground, state.scenario.front.ground, state.regiments, strict=True)
    return {sector: v.SectorView(ground, start, regiments) for sector, ground, start, regiments in numbers}


def _officer(state: State, seat: Seat) -> v.OfficerView:
    officer = state.officer(seat)
    talking = state.phase in TALKING
    rest = state.turn_number - state.scenario.moscow.rest
    return v.OfficerView(
        suspicion=officer.shown,
        in_room=seat is state.prisoner,
        rests=seat is not state.prisoner and any(turn > rest for turn in officer.rooms),
        authority=talking and state.turn.authority is seat,
    )


def _public_turn(state: State, turn: Turn) -> v.TurnView:
    return v.TurnView(
        directive=turn.directive,
        prisoner=turn.prisoner,
        sheets=dict(zip(SEATS, turn.sheets, strict=True)) if any(turn.sheets) else None,
        report=dict(zip(SECTORS, turn.report, strict=True)) if turn.report else None,
        obeyed=turn.obeyed,
        inquiry=turn.inquiry.named if turn.inquiry is not None else None,
        suspicion=dict(zip(SEATS, turn.shown, strict=True)) if turn.shown else None,
        summoned=turn.summoned,
    )


def _papers(state: State, viewer: Viewer) -> dict[int, v.Paper]:
    places = state.papers_of(viewer)
    own = {place: number for number, place in enumerate(places, 1)}
    return {number: _paper(state, state.messages[place], viewer, own) for place, number in own.items()}


def _paper(state: State, message: Message, viewer: Viewer, own: dict[int, int]) -> v.Paper:
    """A message as its reader sees it: who signs as MOSCOW has no author but for himself, the Interrogator none."""
    hidden = message.signed or (message.channel is Channel.ROOM and not _is_prisoners(state, message))
    author = message.author if not hidden or message.author is viewer else None
    body = _referring(message.body, own) if isinstance(message.body, Agree | Refuse) else message.body
    return v.Paper(message.turn, message.channel, body, author, message.to, message.book, message.line, message.signed)


def _is_prisoners(state: State, message: Message) -> bool:
    return message.author is state.turns[message.turn - 1].prisoner


def _referring(body: Agree | Refuse, own: dict[int, int]) -> Body:
    """A reference in the reader's own numbers; none to what he never read."""
    return replace(body, message=own.get(body.message) if body.message is not None else None)


def _you(state: State, seat: Seat) -> v.You:
    officer = state.officer(seat)
    you = v.You(
        seat=seat,
        role=officer.role,
        nerve=officer.nerve,
        may_denounce=not officer.has_denounced,
        books=officer.books,
        turns={turn.number: _own_turn(state, seat, turn) for turn in state.turns},
        ready=seat in state.ready,
    )
    match officer.role:
        case Role.MALENKOV:
            known = v.Known((state.seat_of(Role.PAVEL),), (Role.PAVEL,))
            return replace(you, known=(known,), phone_left=state.phone_left)
        case Role.BERIA:
            return replace(you, summons_left=state.summons_left, denoted=state.denoted)
        case Role.PAVEL:
            pair = tuple(s for s in SEATS if state.officer(s).role in (Role.MALENKOV, Role.IRINA))
            known = v.Known(pair, (Role.MALENKOV, Role.IRINA))
            return replace(you, known=(known,), patron=state.patron, envelopes=_envelopes(state, seat))
        case Role.RUDENKO | Role.IRINA:
            return you


def _own_turn(state: State, seat: Seat, turn: Turn) -> v.OwnTurn:
    mine, role = turn.seats[place_of(seat)], state.officer(seat).role
    own = v.OwnTurn(
        plan=dict(zip(SECTORS, turn.thrusts, strict=True)) if role is Role.IRINA else None,
        rumour=mine.rumour,
        orders=mine.orders,
        report=mine.report,
        has_reported=mine.has_reported,
    )
    if turn.prisoner is seat:
        own = replace(own, demand=turn.demand, answer=turn.answered or turn.answer)
    match role:
        case Role.MALENKOV:
            return replace(own, phone=turn.phone)
        case Role.BERIA:
            return _berias_turn(own, seat, turn)
        case Role.PAVEL:
            return replace(own, opened=_envelope_number(state, turn.opened))
        case Role.RUDENKO | Role.IRINA:
            return own


def _berias_turn(own: v.OwnTurn, seat: Seat, turn: Turn) -> v.OwnTurn:
    """His powers' yield; the Interrogator learns what was chosen as the wire closes, unless he was the prisoner."""
    own = replace(own, power=turn.power, traced=turn.traced)
    if turn.phone is not None and turn.report:
        own = replace(own, phone_rang=True, rang=turn.rang)
    if turn.prisoner in (None, seat):
        return own
    return replace(own, demand=turn.demand, answer=turn.answered, fact=turn.fact)


def _envelopes(state: State, pavel: Seat) -> dict[int, v.Envelope] | None:
    if not state.scenario.envelopes:
        return None
    read = state.papers_of(pavel)
    found = {}
    for number, place in enumerate(state.envelopes, 1):
        letter = state.messages[place]
        assert letter.author is not None, "a letter has a sender"
        assert letter.to is not None, "a letter has an addressee"
        found[number] = v.Envelope(letter.turn, letter.author, letter.to, opened=place in read)
    return found


def _envelope_number(state: State, place: int | None) -> int | None:
    return None if place is None else state.envelopes.index(place) + 1
