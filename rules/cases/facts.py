"""What a state is, in the plain words and numbers that a case expects. What a viewer may know is `sight`.

The facts of a turn are those of the turn that the clock last worked on, though the next may have opened since.
"""

from typing import Any

from rules import lots, press, wireless
from rules.cases.words import of_arrivals, of_fact, of_losses, of_order, of_orders, of_seat
from rules.ids import ROLES, SEATS, SECTORS, Book, place_of
from rules.ledger import ledger
from rules.state import Judgement, Naming, State, Turn
from rules.view import Promise


def facts(state: State, turn_number: int) -> dict[str, Any]:
    """Every fact of a state; by seat where a seat has it. `turn_number`: the turn in question, or 0."""
    found = _now(state) | _by_seat(state)
    if turn_number:
        found |= _of_turn(state, state.turns[turn_number - 1])
    if state.naming is not None:
        found["naming"] = _naming(state.naming)
    if state.judgement is not None:
        found |= _judgement(state.judgement)
    return found


def _now(state: State) -> dict[str, Any]:
    return {
        "phase": state.phase.value,
        "turn": state.turn_number,
        "ready": len(state.ready),
        "ground": list(state.ground),
        "regiments": list(state.regiments),
        "mines": list(state.mines),
        "bridge": "blown" if state.bridge_blown else "stands",
        "guns": state.guns.value if state.guns else "nowhere",
        "phone_left": state.phone_left,
        "summons_left": state.summons_left,
        "patron": state.patron.value if state.patron else "nobody",
        "spared": of_seat(state.spared),
        "prisoner": of_seat(state.prisoner),
        "authority": of_seat(state.turn.authority if state.turns else None),
        "ledger": [_promise(state, promise) for promise in ledger(state)],
    }


def _by_seat(state: State) -> dict[str, Any]:
    officers = dict(zip(SEATS, state.officers, strict=True))
    return {
        "suspicion": {seat.value: officer.suspicion for seat, officer in officers.items()},
        "published": {seat.value: officer.shown for seat, officer in officers.items()},
        "nerve": {seat.value: officer.nerve for seat, officer in officers.items()},
        "books": {seat.value: [book.value for book in officer.books] for seat, officer in officers.items()},
    }


def _of_turn(state: State, turn: Turn) -> dict[str, Any]:
    found: dict[str, Any] = {
        "strengths": sorted(turn.thrusts, reverse=True),
        "directive": of_order(turn.directive),
        "obeyed": turn.obeyed,
        "granted": turn.granted.value if turn.granted else "nowhere",
        "summoned": of_seat(turn.summoned),
        "demand": turn.demand.value if turn.demand else "none",
        "answer": turn.answered.choice.value if turn.answered else "none",
        "fact": of_fact(turn.fact),
        "file": [f"{move.seat} {move.by:+d} {move.cause}" for move in turn.moves],
        "decoded": _decoded(state, turn),
        "named": [seat.value for seat in turn.inquiry.named] if turn.inquiry else "no inquiry",
        "sealed": {seat.value: of_orders(turn.seats[place_of(seat)].orders) for seat in SEATS},
    }
    for sector, report in zip(SECTORS, turn.report, strict=bool(turn.report)):
        found[sector.value] = report.outcome.value
        found[f"{sector}_losses"] = of_losses(report)
        found[f"{sector}_orders"] = of_arrivals(report)
        found[f"{sector}_thrust"] = report.thrust
    return found


def _decoded(state: State, turn: Turn) -> dict[str, list[str]]:
    """What all books together make of a turn's sheets, by author; noise makes nothing."""
    found: dict[str, list[str]] = {}
    for seat, lines in zip(SEATS, turn.sheets or ((),) * len(SEATS), strict=True):
        for line, groups in enumerate(lines):
            for book in Book:
                secret = lots.draw(bytes.fromhex(state.seed), f"book:{book}", 0)
                text = wireless.decrypt(groups, secret, f"{turn.number}:{seat}:{line}")
                if text is not None:
                    found.setdefault(seat.value, []).append(f"{book}: {text}")
    return {seat: sorted(texts) for seat, texts in found.items()}


def _promise(state: State, promise: Promise) -> str:
    outcome = {True: "kept", False: "broken", None: "untested"}[promise.kept]
    return f"{promise.by}: {press.written(state, promise.what)} {outcome}"


def _naming(naming: Naming) -> str:
    return f"{naming.seat}, {'rightly' if naming.rightly else 'wrongly'}{', by default' if naming.by_default else ''}"


def _judgement(judgement: Judgement) -> dict[str, Any]:
    verdicts = judgement.verdicts
    return {
        "front": judgement.front.value,
        "won": [role.value for role in ROLES if any(v.role is role and v.won for v in verdicts)],
        "loyalty": {v.seat.value: v.loyalty.value for v in verdicts},
        "points": {v.seat.value: [v.front_points, v.loyalty_points, v.win_points] for v in verdicts},
    }
