"""Contact with the complainant: late, none, irregular, not as they asked, not written down.

Somebody who wants no contact, or gave no way to be reached, misses none.
"""

from typing import Final

from policy.audit import published
from policy.audit.base import Pattern, Seen, Told, on, times
from policy.audit.names import CONTACT, WRITTEN_OF_CONTACT
from policy.case_file import later
from policy.company import COMPLAINANT
from policy.facts.auditing import PatternName
from policy.facts.people import Means
from policy.ways import asked_for
from policy.working_days import london_day

_BY: Final = frozenset({Means.PHONE, Means.TEXT, Means.EMAIL})
"""Ways of contact that somebody may ask for; who asks for letters is rung up all the same where it is urgent."""


def first_contact_late(seen: Seen) -> str | None:
    clock = seen.overdue("first-contact")
    if clock is None or clock.noticed_at is None:
        return None
    if seen.days_since(clock.noticed_at) < seen.numbers.first_contact_days:
        return None
    return f"First contact was due by {on(clock.due)}, and nobody has been in touch with the complainant yet."


def had_to_chase(seen: Seen) -> str | None:
    """Who wants no contact hears from us what they ask for: what they asked after they had said so counts."""
    spoke, unwanted = seen.last(*CONTACT), seen.file.wish.no_contact_since
    asked = [
        one
        for one in seen.new("chased")
        if (spoke is None or one.at > spoke) and (unwanted is None or one.at > unwanted)
    ]
    if len(asked) < seen.numbers.chases:
        return None
    since = (
        f"since we were last in touch on {on(spoke)}" if spoke else "and nobody has been in touch with them yet"
    )
    return f"The complainant has asked {times(len(asked))}, the first time on {on(asked[0].at)}, {since}."


def silence(seen: Seen) -> str | None:
    """Who did not want to hear from us for a time, or had withdrawn, is kept waiting only from when they go on. Of
    the time as part of another case this one knows nothing.
    """
    spoke, wish = seen.file.last_contact_at, seen.file.wish
    if spoke is None or not _is_owed(seen, "regular-contact"):
        return None
    since = later(seen.last("case_separated"), spoke)
    waiting = later(wish.contact_again_since, later(wish.pursued_again_since, since))
    if seen.days_since(waiting) < seen.numbers.silence_days:
        return None
    return f"Nobody has been in touch with the complainant since {on(since)}."


def irregular_contact(seen: Seen) -> str | None:
    if not _is_owed(seen, "regular-contact"):
        return None
    contacts = seen.all("contact_made")
    missed = [one for one in _missed(seen, "regular-contact") if not _made_in_time(one, contacts)]
    if len(missed) < seen.numbers.contacts_missed:
        return None
    return f"Regular contact was missed {times(len(missed))}, most recently on {on(missed[-1].at)}."


def _is_owed(seen: Seen, key: str) -> bool:
    """Whether that contact is wanted and possible, as the policy has it."""
    return key in seen.file.clocks


def _missed(seen: Seen, key: str) -> list[Told]:
    return [one for one in seen.new("deadline_missed") if one.codes.get("key") == key]


def _made_in_time(missed: Told, contacts: list[Told]) -> bool:
    """Done in time and written down afterwards."""
    return any(one.at <= missed.at <= one.recorded_at for one in contacts)


def written_down_late(seen: Seen) -> str | None:
    days = seen.numbers.written_down_days
    late = [
        one
        for one in seen.new(*WRITTEN_OF_CONTACT)
        if (london_day(one.recorded_at) - london_day(one.at)).days >= days
    ]
    if len(late) < seen.numbers.written_down_times:
        return None
    return f"Contact was written down {days} days or more after it happened, {times(len(late))}."


def contact_preference_not_kept(seen: Seen) -> str | None:
    """As far as it is safe, and while it is still so."""
    file, (asked, since) = seen.file, asked_for(seen.file)
    safe = file.safe_ways.get(COMPLAINANT)
    means = asked & _BY if safe is None else asked & _BY & frozenset(safe.means)
    if not means or since is None or file.wish.no_contact_since is not None:
        return None
    other = [
        one
        for one in seen.new("contact_made", "contact_attempted")
        if one.at >= since and one.codes.get("means") in (_BY | {Means.POST}) - means
    ]
    if len(other) < seen.numbers.other_means:
        return None
    by = " or ".join(sorted(means)).replace("email", "e-mail")
    wish = f"The complainant asked on {on(since)} for contact by {by}"
    return f"{wish}; {times(len(other))} it was made in another way."


PATTERNS: Final = (
    Pattern(
        PatternName.FIRST_CONTACT_LATE,
        "contact-5-working-days",
        "first contact is late and nobody has been in touch with the complainant",
        (published.LATE_AND_SILENT, published.CHASED),
        first_contact_late,
    ),
    Pattern(
        PatternName.HAD_TO_CHASE,
        "promise-ledger",
        "the complainant had to ask again and again, and nobody has been in touch with them since",
        (published.CHASED,),
        had_to_chase,
    ),
    Pattern(
        PatternName.SILENCE,
        "regular-contact",
        "the complainant has not heard from us for a long time",
        (published.NOT_EXPLAINED,),
        silence,
    ),
    Pattern(
        PatternName.IRREGULAR_CONTACT,
        "regular-contact",
        "contact with the complainant comes late again and again",
        (published.LATE_AND_SILENT,),
        irregular_contact,
    ),
    Pattern(
        PatternName.WRITTEN_DOWN_LATE,
        "as-of",
        "contact is written down only days after it happened",
        (published.LATE_AND_SILENT, published.ACTIONS_NOT_DONE),
        written_down_late,
    ),
    Pattern(
        PatternName.CONTACT_PREFERENCE_NOT_KEPT,
        "needs-met",
        "contact is not made by the means that the complainant asked for",
        (published.BY_PHONE,),
        contact_preference_not_kept,
    ),
)
