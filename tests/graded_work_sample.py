"""The grid for projects as a rubric: nineteen criteria in six sections."""

from conexx_learn.domain.graded_work.rubric import Criterion, Levels, Rubric

GRID = {
    "capacity": (5, 5, 5, 5),
    "relevance": (5, 5, 5, 5),
    "design": (5, 5, 5),
    "implementation": (5, 5, 5),
    "sustainability": (5, 5, 5),
    "budget": (5, 10),
}
"""Section to the weights of its criteria; they sum to 100."""


def grid(least: int = 12) -> Rubric:
    """Return the grid, with a minimum for its first section."""
    return Rubric(
        "en",
        tuple(
            Criterion(
                f"{section}-{number}",
                f"{section} {number}",
                weight,
                section,
                ("x",) * 6,
            )
            for section, weights in GRID.items()
            for number, weight in enumerate(weights, start=1)
        ),
        {"capacity": least},
    )


def sections(*points: int) -> Levels:
    """Return levels that earn so many points in each section, evenly spread."""
    return {
        f"{section}-{number}": level
        for (section, weights), wanted in zip(GRID.items(), points, strict=True)
        for number, level in enumerate(_spread(weights, wanted), start=1)
    }


def _spread(weights: tuple[int, ...], wanted: int) -> list[int]:
    steps = [weight // 5 for weight in weights]
    levels = [0] * len(weights)
    while wanted:
        lowest = min(
            (at for at, step in enumerate(steps) if step <= wanted and levels[at] < 5),
            key=lambda at: (levels[at], -steps[at]),
        )
        levels[lowest] += 1
        wanted -= steps[lowest]
    return levels
