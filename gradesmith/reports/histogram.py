"""A histogram of scores as numbers for an inline SVG, which takes its colours from the page, light or dark."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT = 680.0, 260.0
LEFT, RIGHT, TOP, BOTTOM = 36.0, 30.0, 38.0, 40.0
BINS = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One bin: the final scores in it, and on top of them those that may still rise."""

    x: float
    width: float
    final_y: float
    final_height: float
    rising_y: float
    rising_height: float
    count: int
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Tick:
    """A mark on an axis."""

    at: float
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Plot:
    """The view box of a figure, and the edges within it between which the template draws."""

    width: float
    height: float
    left: float
    right: float
    base: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Histogram(Plot):
    """Everything the template draws, in units of its view box. ``words`` say the same to who can't see it."""

    bars: tuple[Bar, ...]
    across: tuple[Tick, ...]
    up: tuple[Tick, ...]
    median: float | None
    words: str


def histogram(final: Sequence[float], rising: Sequence[float], median: float | None) -> Histogram:
    """Bin shares of the maximum (0 to 1) by tenths; a bin holds its lower edge, the last one both."""
    settled, open_ = _binned(final), _binned(rising)
    most = max(1, *(a + b for a, b in zip(settled, open_, strict=True)))
    step = round_step(most)
    top = -(-most // step) * step
    base, plot = HEIGHT - BOTTOM, HEIGHT - BOTTOM - TOP
    bars = tuple(_bar(index, pair, plot / top) for index, pair in enumerate(zip(settled, open_, strict=True)))
    return Histogram(
        width=WIDTH,
        height=HEIGHT,
        left=LEFT,
        right=WIDTH - RIGHT,
        base=base,
        bars=bars,
        across=tuple(Tick(at=_across(tenth / BINS), label=f"{tenth * 10}%") for tenth in range(BINS + 1)),
        up=tuple(Tick(at=base - count * plot / top, label=str(count)) for count in range(0, top + 1, step)),
        median=None if median is None else _across(median),
        words="; ".join(bar.words for bar in bars if bar.count),
    )


def _bar(index: int, pair: tuple[int, int], unit: float) -> Bar:
    final, rising = pair
    base = HEIGHT - BOTTOM
    students = "student" if final + rising == 1 else "students"
    return Bar(
        x=_across(index / BINS) + 2,
        width=(WIDTH - LEFT - RIGHT) / BINS - 4,
        final_y=base - final * unit,
        final_height=final * unit,
        rising_y=base - (final + rising) * unit,
        rising_height=rising * unit,
        count=final + rising,
        words=f"{index * 10} to {index * 10 + 10}%: {final + rising} {students}",
    )


def _binned(shares: Sequence[float]) -> list[int]:
    places = [min(BINS - 1, max(0, int(share * BINS + 1e-9))) for share in shares]
    return [places.count(place) for place in range(BINS)]


def _across(share: float) -> float:
    return LEFT + min(1.0, max(0.0, share)) * (WIDTH - LEFT - RIGHT)


def round_step(most: int) -> int:
    """Return a round distance between at most six ticks."""
    step = 1
    while True:
        for size in (1, 2, 5):
            if most <= 5 * size * step:
                return size * step
        step *= 10
