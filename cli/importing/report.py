"""What is said of an import: counts, columns, and reasons with lines of the file. It names nobody."""

from collections.abc import Iterator, Sequence
from typing import Final

from cli.importing.carrying import Outcome
from cli.importing.run import Brought
from policy.headings import heading_of_kind

_MOST_LINES: Final = 5


def told(found: Brought) -> Iterator[str]:
    outcome, dry = found.outcome, found.asked.dry_run
    yield f"{found.asked.file.name}: {found.rows} rows of {found.cases} cases of {found.source}."
    yield f"Columns understood: {', '.join(found.understood)}."
    if found.ignored:
        yield f"Columns left out: {', '.join(found.ignored)}. Name them in a mapping if they matter."
    if found.asked.people:
        yield f"{found.asked.people.name}: {found.people} people."
    yield ""
    yield from _brought(outcome, dry=dry)
    if outcome.here_already:
        yield f"Here already, and left as they are: {outcome.here_already} cases."
    if outcome.left_out:
        yield f"Rows that the mapping leaves out: {outcome.left_out}."
    if outcome.twice:
        yield f"Rows that say what another says already, left out: {len(outcome.twice)} ({_lines(outcome.twice)})."
    if outcome.unusual:
        yield "Done otherwise than the policy asks for today, and kept as it was done:"
        for refused, number in sorted(outcome.unusual.items(), key=lambda one: (-one[1], one[0])):
            yield f"  {number:>7} {refused}"
    yield from _rejected(found)
    if found.waiting and not dry:
        yield f"The relay starts open cases in the engine as fast as that takes them: {found.waiting} still wait."


def _brought(outcome: Outcome, *, dry: bool) -> Iterator[str]:
    cases, facts = outcome.over + outcome.open, outcome.facts.total()
    yield f"{'Would be brought' if dry else 'Brought'}: {cases} cases with {facts} facts."
    yield f"  {outcome.over} are over. They are kept and counted; nothing is sent or owed."
    yield f"  {outcome.open} are open. Their clocks run from now; what was due before shows as late."
    if outcome.shut:
        yield f"  {outcome.shut} are open to fewer people than the others, as their rows say."
    for kind, number in sorted(outcome.facts.items(), key=lambda one: (-one[1], one[0])):
        yield f"  {number:>7} {kind}: {heading_of_kind(kind)}"


def _rejected(found: Brought) -> Iterator[str]:
    if not found.outcome.rejected:
        yield "No row is rejected."
        return
    lines = len({one.line for one in found.outcome.rejected})
    yield f"{'Would be rejected' if found.asked.dry_run else 'Rejected'}: {lines} rows, with all of their cases."
    for why, where in found.reasons():
        yield f"  {len(where):>7} {why} ({_lines(where)})"
    if found.asked.rejects:
        yield f"They are in {found.asked.rejects.name}, each with its reason: mend and import that."
    else:
        yield "Give a file for them with --rejects, mend them there and import that file."


def _lines(numbers: Sequence[int]) -> str:
    first = ", ".join(map(str, numbers[:_MOST_LINES]))
    return f"line{'s' * (len(numbers) > 1)} {first}{', …' if len(numbers) > _MOST_LINES else ''}"
