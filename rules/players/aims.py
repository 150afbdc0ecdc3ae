"""What each role wants, as weights; the unit is the worth of one line of ground to who wants nothing else."""

from msgspec import Struct

from rules.ids import Role
from rules.view import View


class Aims(Struct, frozen=True):
    """What a seat would give for what. `broken`: a broken directive, whoever broke it. `file`: a point of suspicion."""

    ground: float = 1.0
    regiment: float = 0.5
    breach: float = 10.0
    broken: float = 0.6
    file: float = 0.5


AIMS = {
    Role.MALENKOV: Aims(broken=0.9, file=1.0),
    Role.IRINA: Aims(broken=0.5, file=0.25),
    Role.RUDENKO: Aims(ground=0.7, regiment=1.0, broken=0.4, file=0.5),
    Role.PAVEL: Aims(broken=0.5, file=0.5),
    Role.BERIA: Aims(ground=0.8, broken=0.0, file=0.5),
}


def aims(view: View) -> Aims:
    """What this seat wants now. Pavel wants what his patron wants, once he has one."""
    assert view.you is not None, "a watcher wants nothing"
    role = view.you.role
    if role is Role.PAVEL and view.you.patron is Role.BERIA:
        return Aims(ground=0.8, broken=0.1, file=0.5)
    return AIMS[role]


def fear(aims: Aims, suspicion: int) -> float:
    """What one point of suspicion more or less is worth to a seat with so much already: most near the summons, and
    near the end of the scale."""
    steps = (0.3, 0.5, 0.8, 1.0, 0.9, 1.2, 1.6, 1.3, 0.8, 0.6, 0.3)
    return aims.file * steps[min(10, suspicion)]
