"""A log as people read it: what was said, by whom and how; what each sealed; what became of it."""

from collections.abc import Iterable, Iterator

from rules import events as e
from rules import forms as f
from rules.evolve import begin, evolve
from rules.ids import SEATS, SECTORS, Channel
from rules.orders import Order
from rules.press import written
from rules.state import Message, State


def transcript(events: Iterable[e.Event]) -> str:
    """The whole match, a line an event that somebody would remember."""
    log = iter(events)
    dealt = next(log)
    assert isinstance(dealt, e.Dealt), "a match begins with its deal"
    state = begin(dealt)
    lines = ["Dealt: " + ", ".join(f"{seat} is {role}" for seat, role in _roles(state))]
    for event in log:
        state = evolve(state, event)
        lines += _lines(state, event)
    return "\n".join(lines) + "\n"


def _roles(state: State) -> Iterator[tuple[str, str]]:
    yield from ((seat, state.officer(seat).role) for seat in SEATS)


def _lines(state: State, event: e.Event) -> Iterator[str]:
    match event:
        case e.TurnOpened():
            asked = event.directive
            yield f"\nNight {event.number}. Moscow: {asked.kind} {asked.sector or ''}".rstrip() + _room(event)
        case e.Spoke(message):
            yield _said(state, message)
        case e.Sealed(seat, orders):
            yield f"    {seat} seals {', '.join(map(_order, orders))}"
        case e.FrontReported():
            for sector, found in zip(SECTORS, event.report, strict=True):
                came = ", ".join(f"{count} {kind}" for kind, count in found.orders.items()) or "nothing"
                left = state.ground[SECTORS.index(sector)]
                yield f"  {sector}: thrust {found.thrust}, {came}: {found.outcome}, {left} left"
            yield f"  The directive was {'obeyed' if event.obeyed else 'broken'}"
        case e.InquiryClosed(result):
            yield f"  Most named: {', '.join(result.named) or 'nobody'}"
        case e.Published(suspicion):
            yield f"  Suspicion: {suspicion}"
        case e.NameGiven(naming):
            yield f"\nBeria names {naming.seat}: {'rightly' if naming.rightly else 'wrongly'}"
        case e.Finished(judgement):
            winners = ", ".join(v.role for v in judgement.verdicts if v.won) or "nobody"
            yield f"The front: {judgement.front}. Won: {winners}"
        case _:
            pass


def _room(event: e.TurnOpened) -> str:
    return f" ({event.prisoner} is in the Room)" if event.prisoner is not None else ""


def _order(order: Order) -> str:
    return f"{order.kind} {order.sector or ''}".rstrip()


def _said(state: State, message: Message) -> str:
    way = {Channel.OPEN: "", Channel.LETTER: f" to {message.to}", Channel.WIRELESS: f" in the {message.book} book"}
    by = "MOSCOW" if message.signed or message.author is None else message.author
    form = "" if isinstance(message.body, f.Text) else "  ~ "
    return f"    {by}{way.get(message.channel, f' [{message.channel}]')}: {form}{written(state, message.body)}"
