"""What a view says, in short sentences, so that a case can state what a viewer sees, and what not.

A sentence begins with its subject (`letter`, `trace`, `envelope`, …): a case that forbids a beginning forbids them all.
"""

from collections.abc import Iterator
from typing import assert_never

from rules.cases.words import of_arrivals, of_fact, of_losses, of_order, of_orders, of_seat
from rules.forms import Agree, Am, Ask, Body, Line, Name, Offer, Refuse, Suspect, Text, Thrust, Will
from rules.ids import Channel
from rules.view import OwnTurn, Paper, TurnView, View, You


def sentences(view: View) -> tuple[str, ...]:
    """All that this view says."""
    own = _of_you(view.you) if view.you else ()
    papers = (_of_paper(paper) for paper in view.papers.values())
    return (*_public(view), *own, *papers)


def _public(view: View) -> Iterator[str]:
    yield f"phase {view.phase}"
    yield f"ready {view.ready}"
    yield f"guns {view.guns or 'nowhere'}"
    for sector, front in view.front.items():
        yield f"front {sector}: ground {front.ground} of {front.ground_at_start}, regiments {front.regiments}"
    for seat, officer in view.officers.items():
        yield f"suspicion {seat} {officer.suspicion}"
        marks = {"in the Room": officer.in_room, "rests": officer.rests, "authority": officer.authority}
        yield from (f"{mark} {seat}" for mark, stands in marks.items() if stands)
    for turn in view.turns.values():
        yield from _of_turn(turn)
    if view.naming:
        yield f"naming {view.naming.seat}"
    if view.judgement:
        yield f"judgement {view.judgement}"
    if view.file:
        yield "file open"


def _of_turn(turn: TurnView) -> Iterator[str]:
    yield f"directive {of_order(turn.directive)}"
    for seat, lines in (turn.sheets or {}).items():
        yield f"sheet {seat}: {len(lines)} of {' and '.join(sorted({str(len(line.split())) for line in lines}))} groups"
    for sector, report in (turn.report or {}).items():
        orders, losses = of_arrivals(report), of_losses(report)
        yield f"report {sector}: {report.outcome}, thrust {report.thrust}, {orders}; lost {losses}"
    if turn.obeyed is not None:
        yield "obeyed" if turn.obeyed else "disobeyed"
    if turn.inquiry is not None:
        yield f"inquiry {', '.join(turn.inquiry) or 'nobody'}"
    if turn.suspicion is not None:
        yield f"summoned {of_seat(turn.summoned)}"


def _of_you(you: You) -> Iterator[str]:
    yield f"role {you.role}"
    yield f"nerve {you.nerve}"
    yield f"books {', '.join(you.books) or 'none'}"
    if you.ready:
        yield "you are ready"
    for known in you.known:
        yield f"knows {', '.join(known.seats)}: {', '.join(known.roles)}"
    for name, value in {"calls": you.phone_left, "summonses": you.summons_left}.items():
        yield from () if value is None else (f"{name} {value}",)
    if you.patron:
        yield f"patron {you.patron}"
    for number, envelope in (you.envelopes or {}).items():
        yield f"envelope {number}: {envelope.author} to {envelope.to}{', opened' if envelope.opened else ''}"
    for turn in you.turns.values():
        yield from _of_own_turn(turn)


def _of_own_turn(turn: OwnTurn) -> Iterator[str]:
    if turn.plan is not None:
        yield f"plan {' '.join(str(strength) for strength in turn.plan.values())}"
    if turn.rumour is not None:
        yield f"rumour {turn.rumour.sector} {turn.rumour.level}"
    if turn.orders:
        yield f"orders {of_orders(turn.orders)}"
    if turn.phone:
        yield f"phone {of_order(turn.phone)}"
    if turn.phone_rang:
        yield f"rang {turn.rang or 'nowhere'}"
    if turn.traced is not None:
        yield f"trace {', '.join(f'{found.seat} {of_order(found.order)}' for found in turn.traced) or 'nothing'}"
    if turn.demand:
        yield f"demand {turn.demand}"
    if turn.answer:
        yield f"answer {turn.answer.choice}{f' {turn.answer.seat}' if turn.answer.seat else ''}"
    if turn.fact:
        yield f"fact {of_fact(turn.fact)}"


def _of_paper(paper: Paper) -> str:
    words = _of_body(paper.body)
    match paper.channel:
        case Channel.LETTER:
            return f"letter {paper.author} to {paper.to}: {words}"
        case Channel.WIRELESS:
            return f"wireless {paper.author} in {paper.book}: {words}"
        case Channel.MOSCOW if paper.signed:
            by = f" by {paper.author}" if paper.author else ""
            return f"signed MOSCOW{by} to {paper.to or 'all'}: {words}"
        case Channel.MOSCOW:
            return f"moscow {paper.author}: {words}"
        case Channel.ROOM:
            return f"room {paper.author or 'interrogator'}: {words}"
        case Channel.OPEN:
            return f"open {paper.author}: {words}"


def _of_body(body: Body) -> str:
    match body:
        case Text(text):
            return text
        case Line():
            return "a line of the rules"
        case Agree(message) | Refuse(message):
            return f"{'agree' if isinstance(body, Agree) else 'refuse'}({'?' if message is None else message})"
        case Thrust(sector, level):
            return f"thrust({sector} {level})"
        case Will(order):
            return f"will({of_order(order)})"
        case Ask(seat, order):
            return f"ask({seat} {of_order(order)})"
        case Name(seat):
            return f"name({seat})"
        case Am(role):
            return f"am({role})"
        case Suspect(seat, role):
            return f"suspect({seat} {role})"
        case Offer(give, want):
            return f"offer({_of_body(give)} for {_of_body(want)})"
        case _:
            assert_never(body)
