"""What a matter is called where a form asks which: when it began, for which day, about whom, and what was said."""

from collections import Counter
from collections.abc import Iterator, Mapping

from policy.case_file import CaseFile
from policy.matters import COURSES
from policy.working_days import day_in_words, london_day
from store import corrections, timeline
from store.sessions import Reading
from store.timeline import TimelineEntry


async def matters_called(db: Reading, file: CaseFile, names: Mapping[str, str]) -> dict[str, str]:
    """By key. `names` are those of the people on the case. Only where two are called alike the key stands, too."""
    told = await corrections.marked(db, file.ref, await timeline.entries_of(db, file.ref))
    began = {one.seq: one for one in told}
    called = {
        key: "".join(_called(file, key, began.get(int(key.rpartition("-")[2])), names)) for key in file.matters
    }
    alike = Counter(called.values())
    return {key: one if alike[one] == 1 else f"{one} ({key})" for key, one in called.items()}


def _called(file: CaseFile, key: str, began: TimelineEntry | None, names: Mapping[str, str]) -> Iterator[str]:
    matter = file.matters[key]
    what = COURSES[matter.kind].called
    yield what[:1].upper() + what[1:]
    if began is not None:
        yield f" of {day_in_words(london_day(began.at))}"
    if matter.until is not None:
        yield f", for {day_in_words(matter.until)}"
    if matter.person is not None and matter.person in names:
        yield f", {names[matter.person]}"
    if began is not None and (said := _said(began)):
        yield f": {said}"


def _said(began: TimelineEntry) -> str:
    """As it was put right, where it was; nothing once it was erased."""
    if began.corrected_by:
        return began.corrected_by[-1].right
    return str((began.content or {}).get("words") or "")
