"""How far a long command is: a bar on a terminal, plain lines elsewhere.

Written to the error output, so that what a command prints can be piped.
"""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.core.management.base import OutputWrapper
from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TaskID,
    TextColumn,
    TimeElapsedColumn,
)

Report = Callable[[str, int, int], None]
"""Takes what is being done, how much of it is done, and how much there is."""

LINES_PER_STAGE = 10


@contextmanager
def progress_on(stderr: OutputWrapper) -> Iterator[Report]:
    """Give a function that shows progress, for as long as the block runs."""
    if not stderr.isatty():
        yield _Lines(stderr)
        return
    with Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        console=Console(file=sys.stderr),
        transient=True,
    ) as bars:
        yield _Bars(bars)


class _Bars:
    """One bar per stage, kept until the block ends."""

    def __init__(self, bars: Progress) -> None:
        self._bars = bars
        self._tasks: dict[str, TaskID] = {}

    def __call__(self, stage: str, done: int, total: int) -> None:
        if stage not in self._tasks:
            self._tasks[stage] = self._bars.add_task(stage, total=total)
        self._bars.update(self._tasks[stage], completed=done, total=total)


class _Lines:
    """A line per tenth of each stage; none for what is done at once."""

    def __init__(self, stderr: OutputWrapper) -> None:
        self._stderr = stderr
        self._shown: tuple[str, int] = ("", 0)

    def __call__(self, stage: str, done: int, total: int) -> None:
        tenth = done * LINES_PER_STAGE // total if total else 0
        if 0 < tenth < LINES_PER_STAGE and self._shown != (stage, tenth):
            self._shown = (stage, tenth)
            self._stderr.write(f"{stage}: {done:,} of {total:,}")
