"""The figures of a plan as numbers for inline SVG: bars of counts, and forms with the interval that each may lie in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil, floor

from gradesmith.reports.histogram import Plot, Tick, round_step
from gradesmith.reports.wording import counted
from gradesmith.rules.assembly.planning import Predicted
from gradesmith.rules.item_statistics import Z_95

WIDTH, HEIGHT = 680.0, 250.0
LEFT, RIGHT, TOP, BOTTOM = 44.0, 16.0, 26.0, 50.0
MOST_LABELS = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One bar, its count above it."""

    x: float
    y: float
    width: float
    height: float
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Bars(Plot):
    """Counts of whole numbers; ``limit`` is where the last number that was allowed ends, if it is in sight."""

    bars: tuple[Bar, ...]
    across: tuple[Tick, ...]
    up: tuple[Tick, ...]
    limit: float | None
    words: str


def bars(counts: Mapping[int, int], limit: int | None, things: tuple[str, str]) -> Bars:
    """Draw how often each number from 0 (or 1) to the largest occurs; the scale reaches the limit if that is near.

    ``things`` are what is counted, one and several of them.
    """
    least, largest = min(counts, default=0), max(counts, default=0)
    most = max(counts.values(), default=1)
    last = limit if limit is not None and largest <= limit <= max(2 * largest, largest + 3) else largest
    number = last - least + 1
    step = round_step(most)
    top = -(-most // step) * step
    unit, each = (HEIGHT - TOP - BOTTOM) / top, (WIDTH - LEFT - RIGHT) / number
    base = HEIGHT - BOTTOM
    gap = min(2.0, each / 5)
    every = -(-number // MOST_LABELS)
    return Bars(
        width=WIDTH,
        height=HEIGHT,
        left=LEFT,
        right=WIDTH - RIGHT,
        base=base,
        bars=tuple(
            Bar(
                x=LEFT + (at - least) * each + gap,
                y=base - times * unit,
                width=each - 2 * gap,
                height=times * unit,
                count=times,
            )
            for at, times in sorted(counts.items())
        ),
        across=tuple(Tick(at=LEFT + (at - least + 0.5) * each, label=str(at)) for at in range(least, last + 1, every)),
        up=tuple(Tick(at=base - count * unit, label=str(count)) for count in range(0, top + 1, step)),
        limit=LEFT + (limit - least + 1) * each if limit is not None and limit <= last else None,
        words="; ".join(f"{at}: {counted(times, *things)}" for at, times in sorted(counts.items())),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """One form: the share that is expected, and the ends of its interval."""

    x: float
    y: float
    low: float
    high: float
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Intervals(Plot):
    """Forms from the hardest to the easiest; ``band`` are the edges that were asked for."""

    points: tuple[Point, ...]
    up: tuple[Tick, ...]
    band: tuple[float, float] | None


def intervals(forms: Sequence[Predicted], band: tuple[float, float] | None) -> Intervals:
    """Draw each form's expected share of the points with its 95 % interval, from the hardest form to the easiest."""
    ends = [one.expected.share + sign * Z_95 * one.expected.se for one in forms for sign in (-1, 1)]
    ends += list(band or ())
    low, high = floor(min(ends, default=0) * 20) / 20, ceil(max(ends, default=1) * 20) / 20
    base = HEIGHT - BOTTOM
    unit, each = (base - TOP) / max(high - low, 0.05), (WIDTH - LEFT - RIGHT) / max(len(forms), 1)

    def up(share: float) -> float:
        return base - (share - low) * unit

    ordered = sorted(forms, key=lambda one: (one.expected.share, one.code))
    return Intervals(
        width=WIDTH,
        height=HEIGHT,
        left=LEFT,
        right=WIDTH - RIGHT,
        base=base,
        points=tuple(
            Point(
                x=LEFT + (number + 0.5) * each,
                y=up(one.expected.share),
                low=up(one.expected.share - Z_95 * one.expected.se),
                high=up(one.expected.share + Z_95 * one.expected.se),
                words=f"{one.code}: {one.expected.share:.3f}",
            )
            for number, one in enumerate(ordered)
        ),
        up=tuple(
            Tick(at=up(tick / 20), label=f"{tick * 5}%")
            for tick in range(round(low * 20), round(high * 20) + 1, _every(high - low))
        ),
        band=(up(band[1]), up(band[0])) if band else None,
    )


def _every(height: float) -> int:
    """Return after how many steps of 5 % a line is drawn."""
    return 1 if height <= 0.35 else 2 if height <= 0.6 else 4
