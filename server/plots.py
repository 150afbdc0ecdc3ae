"""The figures of a simulation as a drawing for the documents: a mark a figure with its interval, over its band.

Beside the loop; it must not count anything itself. The drawing is plain SVG that needs no font or file from elsewhere.
"""

from collections.abc import Iterator
from html import escape

from server.bands import Band, band_of, is_within
from server.simulation import Figure, Result, Wanted, is_share

LEFT, WIDTH, ROW, TOP = 190, 420, 22, 54
INK, PALE, BAND, OUT = "#2b2a26", "#8b8779", "#d9d2bd", "#a3231f"


def as_svg(wanted: Wanted, result: Result) -> str:
    """The whole drawing, as the text of an SVG file."""
    drawn = [name for name in result.figures if is_share(name) or band_of(wanted.table, name)]
    height = TOP + ROW * len(drawn) + 16
    title = f"{wanted.table}, {wanted.setting}: {result.matches} matches, seed {wanted.seed}"
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {LEFT + WIDTH + 90} {height}" role="img"'
        ' font-family="ui-monospace, monospace" font-size="12">',
        f"<title>{escape(title)}</title>",
        f'<rect width="100%" height="100%" fill="#f4efe2"/><text x="16" y="24" font-size="15" fill="{INK}">'
        f"{escape(title)}</text>",
        f'<text x="16" y="42" fill="{PALE}">mark: mean, line: 95 % interval, shade: band</text>',
    ]
    for number, name in enumerate(drawn):
        parts += _row(name, result.figures[name], band_of(wanted.table, name), TOP + ROW * number)
    return "\n".join([*parts, "</svg>"]) + "\n"


def _row(name: str, figure: Figure, band: Band | None, y: int) -> Iterator[str]:
    """A share is drawn on the scale from 0 to 100 %, a count a match on one of its own."""
    low, high = figure.interval
    most = 1.0 if is_share(name) else 1.3 * max(high, *(end for end in band or () if end < 100))
    middle, ink = y + ROW // 2, INK if band is None or is_within(band, figure.mean) else OUT
    if band is not None:
        start, end = _x(band[0], most), _x(band[1], most)
        yield f'<rect x="{start:.1f}" y="{y + 3}" width="{end - start:.1f}" height="{ROW - 6}" fill="{BAND}"/>'
    yield f'<text x="16" y="{middle + 4}" fill="{ink}">{escape(name.replace(".", " "))}</text>'
    yield f'<path d="M{_x(low, most):.1f} {middle}H{_x(high, most):.1f}" stroke="{ink}" stroke-width="2"/>'
    yield f'<circle cx="{_x(figure.mean, most):.1f}" cy="{middle}" r="4" fill="{ink}"/>'
    shown = f"{figure.mean:.1%}" if is_share(name) else f"{figure.mean:.2f}"
    yield f'<text x="{LEFT + WIDTH + 14}" y="{middle + 4}" fill="{ink}">{shown}</text>'


def _x(value: float, most: float) -> float:
    return LEFT + WIDTH * min(1.0, max(0.0, value / most))
