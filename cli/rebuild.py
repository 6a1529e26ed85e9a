"""Makes what is derived from the timelines anew."""

from rich.progress import Progress

from activities.counting import Counting
from cli.verify import all_cases
from policy.measures import DEFINITIONS
from runtime.database import working_engine
from runtime.settings import Settings
from store import counted, procedures, recording, recording_beside, retention
from store.sessions import EVERYTHING, Store


async def rebuild(wanted: Settings, progress: Progress) -> int:
    """The projections of every case, and of all that is carried on beside one, anew from their timelines, and then
    what measures count of all; returns how many cases. Of what was erased there is nothing to make them from: they
    stay as they are.
    """
    database = working_engine(wanted)
    store = Store(database, EVERYTHING)
    async with store.reading() as db:
        refs, beside, erased = await all_cases(db), await procedures.refs(db), await retention.erased_whole(db)
    bar = progress.add_task("Cases", total=len(refs) + len(beside))
    known = set(refs)
    for ref in (*refs, *beside):
        if ref in erased:
            progress.advance(bar)
            continue
        again = recording.rebuild if ref in known else recording_beside.rebuild
        async with store.writing() as db:
            await again(db, ref)
        progress.advance(bar)
    async with store.writing() as db:
        await counted.begin_anew(db, DEFINITIONS)
    counting = progress.add_task("Counting", total=len(refs))
    await Counting(store).bring_up_to_date(lambda more: progress.advance(counting, more))
    await database.dispose()
    return len(refs)
