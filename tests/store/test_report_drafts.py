"""A report that is being written in two windows of one browser."""

from datetime import UTC, datetime

from store import report_drafts
from store.sessions import Store

NOW = datetime(2026, 11, 30, 9, tzinfo=UTC)


async def test_what_was_sent_in_one_window_is_not_written_over_from_the_other(store: Store) -> None:
    async with store.writing() as db:
        await report_drafts.keep(db, "secret", b"as read by both", NOW)
        assert await report_drafts.go_on(db, "secret", b"an answer", b"as read by both", NOW)
        await report_drafts.keep(db, "secret", b"sent", NOW)
        assert not await report_drafts.go_on(db, "secret", b"another answer", b"an answer", NOW)
        assert await report_drafts.find(db, "secret", NOW) == b"sent"
        assert not await report_drafts.go_on(db, "another", b"an answer", b"sent", NOW)
