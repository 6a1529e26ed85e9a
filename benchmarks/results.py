"""What one run found, and its tables."""

from collections.abc import Iterable
from dataclasses import dataclass

from benchmarks.load import Measured, Operation

_PROCESSES = ("client", "api", "worker", "bare worker", "temporal", "postgres")


@dataclass(frozen=True)
class Results:
    """`rates` by requests in flight and operation; `events` a fact and `memory_kb` a workflow by contender;
    `later` counts answers of 202 where 201 is usual.
    """

    operations: tuple[Operation, ...]
    rates: dict[int, dict[str, Measured]]
    events: dict[str, dict[str, float]]
    memory_kb: dict[str, float]
    later: int
    pure: dict[str, str]
    doors: dict[str, str]

    def tables(self) -> str:
        parts = [self._rates(in_flight) for in_flight in self.rates]
        parts += [self._cpu(in_flight) for in_flight in self.rates]
        parts.append(f"Answered 202 because recording took longer than the API waits: {self.later}.")
        return "\n\n".join(
            [
                *parts,
                self._events(),
                self._memory(),
                table(("who calls, and what they may do", "ms"), self.doors.items()),
                table(("alone, on one core", ""), self.pure.items()),
            ]
        )

    def _rates(self, in_flight: int) -> str:
        measured = self.rates[in_flight]
        head = (
            f"{in_flight} in flight",
            "a second",
            "p50 ms",
            "p99 ms",
            "CPU ms",
            "against",
            "rate",
            "p50",
            "p99",
            "CPU",
        )
        rows = []
        for operation in self.operations:
            own = measured[operation.name]
            row = [operation.name, *(f"{value:.1f}" for value in _figures(own))]
            if operation.against is None:
                rows.append([*row, "", "", "", "", ""])
            else:
                other = _figures(measured[operation.against])
                ratios = [f"{mine / theirs:.2f}" for mine, theirs in zip(_figures(own), other, strict=True)]
                rows.append([*row, operation.against, *ratios])
        return table(head, rows)

    def _cpu(self, in_flight: int) -> str:
        head = (f"CPU ms each, {in_flight} in flight", *_PROCESSES)
        rows = []
        for operation in self.operations:
            each = self.rates[in_flight][operation.name].cpu_each
            rows.append([operation.name, *(f"{each[name]:.1f}" for name in _PROCESSES)])
        return table(head, rows)

    def _events(self) -> str:
        kinds = sorted({kind for events in self.events.values() for kind in events})
        rows = [[kind, *(f"{events.get(kind, 0):.2f}" for events in self.events.values())] for kind in kinds]
        rows.append(["all", *(f"{sum(events.values()):.2f}" for events in self.events.values())])
        return table(("history events a fact", *self.events), rows)

    def _memory(self) -> str:
        least = min(self.memory_kb.values())
        rows = [[name, f"{kb:.0f}", f"{kb / least:.2f}"] for name, kb in self.memory_kb.items()]
        return table(("memory of a cached workflow", "kB", "ratio"), rows)


def pages_table(pages: dict[str, list[str]]) -> str:
    head = ("pages for staff", "p50 ms", "CPU ms", "ratio", "10 x closed: p50 ms", "CPU ms", "ratio")
    return table(head, [[name, *figures] for name, figures in pages.items()])


def figures_table(found: dict[str, list[str]]) -> str:
    head = ("over historic cases", "seconds", "CPU seconds")
    return table(head, [[name, *figures] for name, figures in found.items()])


def import_table(brought: dict[str, str]) -> str:
    return table(("cases from another system", ""), brought.items())


def sizes_table(sizes: dict[str, str]) -> str:
    return table(("how much it takes", "kB"), sizes.items())


def _figures(measured: Measured) -> tuple[float, ...]:
    return measured.rate, measured.percentile(0.5), measured.percentile(0.99), measured.cpu_ms


def table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """Markdown, aligned so that it reads in a terminal too."""
    lines = [list(head), *(list(row) for row in rows)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(lines[0]))]
    written = [
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)) + " |"
        for line in lines
    ]
    return "\n".join([written[0], "|" + "|".join("-" * (width + 2) for width in widths) + "|", *written[1:]])
