"""What no record of a person has in it, and why: each table or column by name. A test holds both together."""

from typing import Final

from policy.frozen import Frozen


class LeftOut(Frozen):
    """Tables, single columns of them, or places outside the database that are in no person's record, and why."""

    of: tuple[str, ...]
    why: str


NOT_INCLUDED: Final = (
    LeftOut(
        of=("people.words", "people.marks", "tenancies.marks", "mentions.words", "mentions.marks"),
        why="The same names and addresses once more, as they are looked for.",
    ),
    LeftOut(
        of=(
            *("changes.by_id", "timeline.by_id", "corrections.by_id", "disclosures.by_id", "journal.by_id"),
            *("evidence_files.by_id", "evidence_custody.by_id"),
            *("cases.officer", "cases.cover", "cases.cover_until", "cases.opened_by", "cases.taken_by"),
            *("cases.given_by", "cases.admitted"),
            *("cases.conflicts", "cases.emergency", "deadlines.owner", "lettings_checks.asked_by", "lookings.who"),
            *("private_links.issued_by", "private_links.revoked_by", "focus_areas.owner", "focus_areas.file"),
        ),
        why="Which of our staff it was. In which role is there. What was said, and a case's file, may name them.",
    ),
    LeftOut(
        of=("staff", "signed_in", "signing_in", "calendar_addresses", "team_members", "case_access"),
        why="About our staff alone: who signs in, works in which team and may see which case. Why a case was shut "
        "or opened to somebody is there, under `decision`.",
    ),
    LeftOut(
        of=(
            *("tasks", "procedure_tasks", "access_tasks", "place_tasks", "private_link_tasks"),
            *("evidence_tasks", "policy_tasks", "focus_area_tasks"),
        ),
        why="The deadlines that are open, as lists for our staff. Every deadline is there.",
    ),
    LeftOut(
        of=("sittings",),
        why="Days of courts once more, as they are looked for by day. What was told of each is among the entries.",
    ),
    LeftOut(
        of=("counted", "counted_cases"),
        why="What a case counts in figures, once more. The case, what was owed on it and its entries are there.",
    ),
    LeftOut(
        of=("cases.opening", "procedures.opening"),
        why="Where a case or procedure begins: what every one of them has before anything is told.",
    ),
    LeftOut(
        of=("letters.pdf", "sendings.pdf"),
        why="The printed pages. What they say is there; hand over a copy of each letter that went to them.",
    ),
    LeftOut(
        of=(
            *("cases.head", "procedures.head", "timeline.digest", "timeline.commitment", "timeline.previous"),
            *("timeline.hash", "timeline_content.salt", "changes.digest", "reports.digest", "applications.digest"),
            *(
                "corrections.digest",
                "journal.digest",
                "lettings_checks.digest",
                "letters.sha256",
                "sendings.sha256",
            ),
        ),
        why="Digests, by which it is seen that nothing was changed. They tell nothing.",
    ),
    LeftOut(
        of=("imported_cases",),
        why="Which cases came from another system. What each was called there is among the entries.",
    ),
    LeftOut(
        of=("print_runs", "print_run_letters"),
        why="Which letters were printed together, and by whom of our staff. The letters are there.",
    ),
    LeftOut(
        of=("packs",),
        why="Documents for a court, the Ombudsman or somebody who asked: copies of what is there, for 30 days.",
    ),
    LeftOut(
        of=("made_reports", "made_report_readers"),
        why="Figures, which name nobody but staff, stories in which nobody can be known, and who was told.",
    ),
    LeftOut(
        of=("simulations",),
        why="What another edition of our policy would have made of past cases: numbers, and references of some, "
        "for 30 days. Their records are there.",
    ),
    LeftOut(
        of=("report_drafts", "private_link_visits"),
        why="What a browser has open: reports being written, which nobody else can read, and visits by a link.",
    ),
    LeftOut(
        of=("drafts",),
        why="What our staff have begun to type and not recorded, for 14 days at most. Its writer alone reads it, "
        "and it may be about the person: ask whoever works on their cases to record it or to start afresh.",
    ),
    LeftOut(of=("rate_limits",), why="Digests of who used Casework in the last hours; they go by themselves."),
    LeftOut(
        of=("places", "place_deadlines", "prevention_work", "policy_review"),
        why="About places, campaigns and our policy. If their words name somebody, that is found by reading them.",
    ),
    LeftOut(
        of=("Temporal (the workflow engine)", "Backups"),
        why="Copies of what is there, which end by themselves.",
    ),
    LeftOut(
        of=("Object storage (`CASEWORK_EVIDENCE_URL`)", "The scanner (`CASEWORK_SCANNER_ADDRESS`)"),
        why="The files themselves, which are there under `evidence`. Look at each; hand over what is about them.",
    ),
    LeftOut(of=("Logs", "Metrics"), why="References of cases, and counts. They name nobody."),
    LeftOut(
        of=("The landlord's mail server", "The landlord's text message gateway", "Agencies' systems"),
        why="Letters and referrals that are there, where they went. Ask whoever runs these.",
    ),
)
