"""The pages for staff, each in the states that it can be in, and the way to get there."""

from own_link import NOW
from ways_there import (
    HOME,
    WORK,
    Way,
    abuse,
    at,
    at_simulation,
    begun,
    empty,
    handed_over,
    held,
    in_figures,
    in_focus_area,
    in_legal_action,
    in_review,
    of,
    of_no_case,
    of_safety,
    reviewed,
    sent_to_us,
    to_approve,
    to_pass_on,
    with_referral,
)

from policy.working_days import london_day

STATES: dict[str, tuple[str, Way]] = {
    "today": ("/today", at("/today")),
    "today, begun": ("/today", begun("/today")),
    "case": ("/cases/{ref}", at("/cases/{ref}")),
    "form, begun": ("/cases/{ref}/record/{fact}", begun("/cases/{ref}/record/contact_made")),
    "what a report is about": ("/reports/new", at("/reports/new")),
    "report": ("/reports/new/{category}", at("/reports/new/noise")),
    "incident": ("/cases/{ref}/incidents", at("/cases/{ref}/incidents")),
    "community safety": ("/safety", of_safety("/safety")),
    "legal actions": ("/safety/legal-actions", of_safety("/safety/legal-actions")),
    "hearings": ("/safety/hearings", of_safety("/safety/hearings")),
    "hate cases": ("/safety/hate", of_safety("/safety/hate")),
    "case reviews": ("/safety/case-reviews", of_safety("/safety/case-reviews")),
    "agencies": ("/safety/partners", of_safety("/safety/partners")),
    "new cases": ("/new-cases", at(f"/new-cases?day={london_day(NOW).isoformat()}")),
    "board": ("/board", at("/board")),
    "counts": ("/counts", at("/counts?by=officer")),
    "find": ("/find", at("/find")),
    "help": ("/help", at("/help")),
    "person": ("/people/{id_}", of("people")),
    "person, put right": ("/people/{id_}/correct", of("people", "/people/{id}/correct")),
    "person, moved": ("/people/{id_}/move", of("people", "/people/{id}/move")),
    "person, who looked": ("/people/{id_}/lookings", of("people", "/people/{id}/lookings")),
    "person, all of it": ("/people/{id_}/record", of("people", "/people/{id}/record")),
    "home": (
        "/tenancies/{id_}",
        of("tenancies", **HOME),
    ),
    "place": ("/places/{id_}", of("places", name="Invented Court", ward="Invented", every_working_days=5)),
    "somebody new": ("/people/new", at("/people/new")),
    "tenancy, new": ("/tenancies/new", of("people", "/tenancies/new?person={id}")),
    "tenancy, put right": ("/tenancies/{id_}/correct", of("tenancies", "/tenancies/{id}/correct", **HOME)),
    "tenancy, over": ("/tenancies/{id_}/end", of("tenancies", "/tenancies/{id}/end", **HOME)),
    "policy review": ("/policy-review", at("/policy-review")),
    "policy review, forward": ("/policy-review/{way}", at("/policy-review/forward")),
    "prevention": ("/prevention", of("prevention", "/prevention", **WORK)),
    "prevention, new": ("/prevention/new", at("/prevention/new")),
    "prevention, one": ("/prevention/{id_}", of("prevention", **WORK)),
    "prevention, put right": ("/prevention/{id_}/correct", of("prevention", "/prevention/{id}/correct", **WORK)),
    "prevention, over": ("/prevention/{id_}/end", of("prevention", "/prevention/{id}/end", **WORK)),
    "figures": ("/figures", in_figures("/figures")),
    "figures, new": ("/figures/new", in_figures("/figures/new")),
    "figures, one": ("/figures/{id_}", in_figures("/figures/{id}")),
    "figures, being made": ("/figures/{id_}", in_figures("/figures/{id}", made=False)),
    "figures, published": ("/figures/{id_}/published", in_figures("/figures/{id}/published")),
    "focus areas": ("/focus-areas", in_focus_area("/focus-areas")),
    "focus area, proposed": ("/focus-areas/{id_}", in_focus_area("/focus-areas/{id}")),
    "focus area, under way": ("/focus-areas/{id_}", in_focus_area("/focus-areas/{id}", accepted=True)),
    "focus area, accepted": (
        "/focus-areas/{id_}/record/{fact}",
        in_focus_area("/focus-areas/{id}/record/focus_area_accepted"),
    ),
    "focus area, reviewed": (
        "/focus-areas/{id_}/record/{fact}",
        in_focus_area("/focus-areas/{id}/record/focus_area_reviewed", accepted=True),
    ),
    "trends": ("/trends", at("/trends")),
    "board, live": ("/board/live", at("/board/live")),
    "one-to-one": ("/one-to-one", at("/one-to-one")),
    "hand over": ("/hand-over", at("/hand-over?officer=officer-5")),
    "handed over": ("/handed-over", handed_over),
    "approvals": ("/approvals", to_approve),
    "editions tried": ("/simulation", at_simulation("/simulation")),
    "edition tried": ("/simulation/{id_}", at_simulation("/simulation/{id}")),
    "edition being tried": ("/simulation/{id_}", at_simulation("/simulation/{id}", made=False)),
    "a record": ("/retention/{ref}", at("/retention/{ref}")),
    "access": ("/access-review/{ref}", at("/access-review/{ref}")),
    "review": ("/cases/{ref}/record/{fact}", reviewed),
    "register": ("/cases", at("/cases")),
    "register, nothing found": ("/cases", at("/cases?stage=closed&hate=yes")),
    "case, then": ("/cases/{ref}/as-of", at("/cases/{ref}/as-of?day=" + NOW.date().isoformat())),
    "evidence": ("/cases/{ref}/evidence", sent_to_us),
    "a copy to pass on": ("/cases/{ref}/evidence/{id_}/shared-copy", to_pass_on),
    "evidence, none": ("/cases/{ref}/evidence", at("/cases/{ref}/evidence")),
    "letters": ("/cases/{ref}/letters", held("/cases/{ref}/letters")),
    "letters, none can go": ("/cases/{ref}/letters", at("/cases/{ref}/letters")),
    "a letter": ("/cases/{ref}/letters/{key}", held("/cases/{ref}/letters/update-3")),
    "a letter gets words": ("/cases/{ref}/record/{fact}", held("/cases/{ref}/record/letter_worded?key=update-3")),
    "evidence of no case": ("/evidence", of_no_case),
    "referral": ("/referrals/{ref}", with_referral("")),
    "referral answered": ("/referrals/{ref}/record/{fact}", with_referral("/record/referral_answered")),
    "legal action": ("/legal-actions/{ref}", in_legal_action("")),
    "court decided": ("/legal-actions/{ref}/record/{fact}", in_legal_action("/record/court_decided")),
    "case review": ("/case-reviews/{ref}", in_review("")),
    "threshold": ("/case-reviews/{ref}/record/{fact}", in_review("/record/case_review_acknowledged")),
    "case, empty": ("/cases/{ref}", empty),
    "case, domestic abuse": ("/cases/{ref}", abuse),
    **{
        fact: ("/cases/{ref}/record/{fact}", at(f"/cases/{{ref}}/record/{fact}"))
        for fact in ("contact_made", "assessed", "need_told", "notice_proposed", "hate_perceived", "promise_kept")
    },
}

PROTECTING = frozenset({"person, who looked", "person, all of it"})
"""What the data protection officer looks at."""
MANAGING = frozenset({"editions tried", "edition tried", "edition being tried"})
"""What a manager looks at."""
LEADING = frozenset(
    {
        *("hand over", "handed over", "review", "approvals", "a record", "access", "new cases", "counts"),
        *("figures", "figures, new", "figures, one", "figures, being made", "figures, published"),
        *("focus areas", "focus area, accepted", "trends", "policy review, forward"),
    }
)
"""What a supervisor looks at."""


FILES = {
    "/cases/{ref}/evidence/{id_}/file",
    "/cases/{ref}/letters/{key}/pdf",
    "/evidence/{id_}/file",
    "/figures/{id_}/files/{name}",
}
"""What is saved, and no page."""
