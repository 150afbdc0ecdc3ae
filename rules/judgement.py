"""The end: the naming, and both judgements, by the front line and by the file. Source: the rulebook, "Judgement"."""

from rules.events import Finished, NameGiven
from rules.ids import SEATS, Front, Loyalty, Role, Seat
from rules.lots import choose
from rules.minutes import Minutes
from rules.state import Judgement, Naming, State, Verdict

FRONT_FOR_GROUND = 30
FRONT_FOR_REGIMENTS = 20
WIN = 50


def close_naming(minutes: Minutes) -> None:
    """Beria's name for Malenkov takes effect: the one that he wrote, else the other seat with the highest file."""
    state = minutes.state
    seat = state.denoted or default_name(state)
    rightly = state.officer(seat).role is Role.MALENKOV
    minutes.note(NameGiven(Naming(seat, rightly, by_default=state.denoted is None)))
    if rightly:
        minutes.suspect(seat, state.scenario.moscow.rightly_named, "rightly_named")


def default_name(state: State) -> Seat:
    """Whom Moscow takes when Beria names nobody: the other seat with the highest suspicion, a tie by lot."""
    beria = state.seat_of(Role.BERIA)
    highest = max(state.officer(seat).suspicion for seat in SEATS if seat is not beria)
    tied = [seat for seat in SEATS if seat is not beria and state.officer(seat).suspicion == highest]
    return choose(bytes.fromhex(state.seed), "naming", tied)


def finish(minutes: Minutes) -> None:
    """Judge the match and open the file."""
    minutes.note(Finished(judge(minutes.state)))


def judge(state: State) -> Judgement:
    """Both judgements of a match as it stands."""
    front = front_of(state)
    won = {seat: _has_won(state, front, state.officer(seat).role) for seat in SEATS}
    points = _front_points(state)
    verdicts = tuple(
        Verdict(
            seat=seat,
            role=state.officer(seat).role,
            suspicion=state.officer(seat).suspicion,
            loyalty=loyalty_of(state, front, seat),
            won=won[seat],
            front_points=points,
            loyalty_points=5 * (10 - state.officer(seat).suspicion),
            win_points=WIN if won[seat] else 0,
        )
        for seat in SEATS
    )
    return Judgement(front=front, ground=sum(state.ground), regiments=sum(state.regiments), verdicts=verdicts)


def front_of(state: State) -> Front:
    """Broken by a breach, held with enough ground, else bent."""
    if state.is_breached():
        return Front.BROKEN
    return Front.HELD if sum(state.ground) >= state.scenario.front.held_from else Front.BENT


def loyalty_of(state: State, front: Front, seat: Seat) -> Loyalty:
    """What the file says of a seat; on a bent front Malenkov is condemned sooner: somebody has to pay."""
    officer, moscow = state.officer(seat), state.scenario.moscow
    pays = officer.role is Role.MALENKOV and front is Front.BENT
    if officer.suspicion >= (moscow.condemned_from_bent if pays else moscow.condemned_from):
        return Loyalty.CONDEMNED
    return Loyalty.WATCHED if officer.suspicion >= moscow.watched_from else Loyalty.TRUSTED


def _has_won(state: State, front: Front, role: Role) -> bool:
    def condemned(of: Role) -> bool:
        return loyalty_of(state, front, state.seat_of(of)) is Loyalty.CONDEMNED

    match role:
        case Role.MALENKOV | Role.IRINA:
            return front is Front.HELD and not condemned(Role.MALENKOV)
        case Role.RUDENKO:
            enough = sum(state.regiments) >= state.scenario.moscow.rudenko_regiments
            return front is not Front.BROKEN and enough and not condemned(role)
        case Role.PAVEL:
            return _has_won(state, front, state.patron or Role.MALENKOV) and not condemned(role)
        case Role.BERIA:
            return front is not Front.BROKEN and condemned(Role.MALENKOV) and not condemned(role)


def _front_points(state: State) -> int:
    """0 to 50, rounded down: 30 for all ground, 20 for every regiment that could stand."""
    numbers = state.scenario.front
    ground = FRONT_FOR_GROUND * sum(state.ground) // sum(numbers.ground)
    return ground + FRONT_FOR_REGIMENTS * sum(state.regiments) // (3 * numbers.regiments_most)
