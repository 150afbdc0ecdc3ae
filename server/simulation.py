"""Many matches without clock, store or people, and how they came out. Beside the loop: it turns the rules by itself.

It must not know a rule; what it counts stands in the logs of finished matches. Source: the rulebook, "Balance".
"""

import hashlib
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from math import sqrt
from pathlib import Path

from msgspec import Struct

from rules import codec
from rules.ids import ROLES, SEATS, Channel, Front, OrderKind, PowerKind, Role
from rules.players.tables import PLAYERS, seated
from rules.scenario import Scenario, changed, load
from rules.simulate import Played, play
from rules.state import State

_BATCH = 10
_SURE = 1.96
"""Standard deviations on either side of a figure that hold the true one 95 times in a hundred."""


SHARES = ("front", "wins", "no_winner", "named_right", "by_call_sign")
"""The groups of figures that are shares of matches, from 0 to 1; the others are counts a match."""


def is_share(name: str) -> bool:
    """Whether a figure is a share of matches."""
    return name.partition(".")[0] in SHARES


class Wanted(Struct, frozen=True):
    """What is to be played: any words as `seed` give the same matches for ever. `export`: a folder for their logs.

    `changes`: numbers of the scenario that are to be others, by their place, as `front.held_from`.
    """

    table: str = "officers"
    scenario: str = "nineteenth"
    setting: str = "front"
    seed: str = "1941"
    guests: Mapping[Role, str] = {}
    changes: Mapping[str, object] = {}
    export: Path | None = None


class Figure(Struct):
    """A number of each match, added up: a share where it is 0 or 1, else a count."""

    matches: int = 0
    total: float = 0.0
    squares: float = 0.0
    is_share: bool = True

    def add(self, value: float) -> None:
        """One match more."""
        self.matches += 1
        self.total += value
        self.squares += value * value
        self.is_share = self.is_share and value in (0, 1)

    @property
    def mean(self) -> float:
        """The share, from 0 to 1, or the mean count a match."""
        return self.total / self.matches if self.matches else 0.0

    @property
    def interval(self) -> tuple[float, float]:
        """What holds the true figure 95 times in a hundred: Wilson's for a share, the normal one for a count."""
        n, p = self.matches, self.mean
        if n == 0:
            return 0.0, 0.0
        if not self.is_share:
            half = _SURE * sqrt(max(0.0, self.squares / n - p * p) / n)
            return p - half, p + half
        z = _SURE * _SURE / n
        middle, half = (p + z / 2) / (1 + z), _SURE * sqrt(p * (1 - p) / n + z / n / 4) / (1 + z)
        return middle - half, middle + half


class Result(Struct):
    """What came of it: figures by name, a dot between what is counted and of what; and how long it took, in seconds."""

    matches: int
    seconds: float
    figures: dict[str, Figure]

    def as_data(self) -> dict[str, object]:
        """The figures for a machine, nested at the dot; `intervals` has the ends of each one's interval."""
        data: dict[str, object] = {"matches": self.matches, "seconds": round(self.seconds, 3)}
        data |= _nested({name: round(figure.mean, 5) for name, figure in self.figures.items()})
        ends = {name: [round(end, 5) for end in figure.interval] for name, figure in self.figures.items()}
        return data | {"intervals": _nested(ends)}


def simulate(wanted: Wanted, matches: int, workers: int | None = None) -> Iterator[Result]:
    """Play, on every processor unless told otherwise; yields the result so far after each match.

    Raises UnknownScenario before the first match for a scenario, a setting or a number that there is none of.
    """
    _scenario(wanted)
    if wanted.export is not None:
        wanted.export.mkdir(parents=True, exist_ok=True)
    result, began = Result(0, 0.0, {}), time.perf_counter()
    with ProcessPoolExecutor(workers) as pool:
        for counted in pool.map(partial(_one, wanted), range(matches), chunksize=_BATCH):
            for name, value in counted.items():
                result.figures.setdefault(name, Figure(is_share=is_share(name))).add(value)
            result.matches += 1
            result.seconds = time.perf_counter() - began
            yield result


def _scenario(wanted: Wanted) -> Scenario:
    return changed(load(wanted.scenario, wanted.setting), wanted.changes)


def _one(wanted: Wanted, number: int) -> dict[str, float]:
    seed = hashlib.sha256(f"{wanted.seed}:{number}".encode()).digest()
    guests = {role: PLAYERS[name] for role, name in wanted.guests.items()}
    played = play(_scenario(wanted), seed, seated(wanted.table, seed, guests))
    if wanted.export is not None:
        log = codec.encode_events(played.events)
        (wanted.export / f"{number:05}.json").write_bytes(log)
    return dict(_figures(played))


def _figures(played: Played) -> Iterator[tuple[str, float]]:
    """What is counted of one match. A figure that makes no sense for it is left out: no naming, none right."""
    state, judgement = played.state, played.state.judgement
    assert judgement is not None, "a match that was played to its end was judged"
    won = {verdict.seat for verdict in judgement.verdicts if verdict.won}
    yield from ((f"front.{front}", judgement.front is front) for front in Front)
    yield from ((f"wins.{role}", state.seat_of(role) in won) for role in ROLES)
    yield "no_winner", not won
    if state.naming is not None:
        yield "named_right", state.naming.rightly
    yield "inquiries", sum(turn.inquiry is not None for turn in state.turns)
    visits = [state.officer(turn.prisoner).role for turn in state.turns if turn.prisoner is not None]
    yield "room_visits", len(visits)
    yield "room_visits_malenkov", visits.count(Role.MALENKOV)
    yield from ((f"by_call_sign.{seat}", seat in won) for seat in SEATS)
    uses = _uses(state)
    yield from ((f"uses.{kind}", uses[kind]) for kind in (*OrderKind, "phone", *PowerKind, *Channel))


def _uses(state: State) -> dict[str, int]:
    uses: dict[str, int] = defaultdict(int)
    for turn in state.turns:
        uses["phone"] += turn.phone is not None
        for seat in SEATS:
            for order in state.orders_given(seat, turn):
                uses[order.kind] += 1
        if turn.power is not None:
            uses[turn.power.power] += 1
    for message in state.messages:
        if message.author is not None:
            uses[message.channel] += 1
    return uses


def _nested(flat: Mapping[str, object]) -> dict[str, object]:
    nested: dict[str, object] = {}
    for name, value in flat.items():
        group, _, of = name.partition(".")
        if of:
            inner = nested.setdefault(group, {})
            assert isinstance(inner, dict), "a name is a figure or a group"
            inner[of] = value
        else:
            nested[group] = value
    return nested
