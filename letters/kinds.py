"""The letters that we send, and what each must be told: the contract between the program and the wording."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

LETTERHEAD = frozenset({"landlord", "phone", "email", "website"})
ALWAYS_KNOWN = LETTERHEAD | {"name", "reference", "date"}
"""Taken from the addressee, the case and the letterhead; any wording may use them."""


@dataclass(frozen=True)
class Fields:
    """`optional` names texts and lists that may be missing; a switch is given as "yes" or not at all."""

    texts: frozenset[str]
    lists: frozenset[str] = frozenset()
    optional: frozenset[str] = frozenset()
    switches: frozenset[str] = frozenset()
    exactly_one: frozenset[str] = frozenset()
    always: frozenset[str] = ALWAYS_KNOWN

    @property
    def required(self) -> frozenset[str]:
        return (self.texts | self.lists) - self.optional

    @property
    def known(self) -> frozenset[str]:
        return self.texts | self.lists | self.switches


WHO_TO_RING = frozenset({"officer", "officer_phone"})
OWN_LINK = frozenset({"own_link"})
"""A private link of its reader, where one opens for them."""
HOW_IT_GOES = frozenset({"by_email", "on_paper"})
"""One of the two, where the reader sends something back."""
CASE_REVIEW = frozenset({"council", "case_review_contact"})
REASONS = frozenset({"reasons"})
OWN_WORDS = frozenset({"own_words"})
"""What an officer wrote for this reader, each line a point."""

KINDS: Mapping[str, Fields] = MappingProxyType(
    {
        "acknowledgement": Fields(
            texts=WHO_TO_RING | OWN_LINK,
            lists=frozenset({"next_steps"}),
            optional=OWN_LINK,
            switches=frozenset({"police_advice", "hate", "hate_seen", "support"}),
        ),
        "not-usually-asb": Fields(
            texts=WHO_TO_RING | CASE_REVIEW,
            lists=REASONS | {"advice"},
            optional=frozenset({"advice"}),
        ),
        "honest-advice": Fields(
            texts=WHO_TO_RING | CASE_REVIEW,
            lists=REASONS,
            switches=frozenset({"speak_first", "not_reasonable"}),
            exactly_one=frozenset({"speak_first", "not_reasonable"}),
        ),
        "second-look-answer": Fields(texts=WHO_TO_RING | CASE_REVIEW | {"decision"}, lists=REASONS),
        "closing-letter": Fields(
            texts=WHO_TO_RING | CASE_REVIEW | OWN_LINK,
            lists=REASONS | {"reported", "done", "questions"},
            optional=OWN_LINK,
            switches=HOW_IT_GOES,
            exactly_one=HOW_IT_GOES,
        ),
        "closing-note": Fields(texts=WHO_TO_RING | CASE_REVIEW, lists=REASONS),
        "questionnaire-reminder": Fields(
            texts=WHO_TO_RING | OWN_LINK,
            lists=frozenset({"questions"}),
            optional=OWN_LINK,
            switches=HOW_IT_GOES,
            exactly_one=HOW_IT_GOES,
        ),
        "warning": Fields(
            texts=WHO_TO_RING,
            lists=frozenset({"alleged", "decided", "happens_next"}),
            switches=frozenset({"starter"}),
        ),
        "warning-taken-back": Fields(texts=WHO_TO_RING | {"what", "given_on"}),
        "to-perpetrator": Fields(texts=WHO_TO_RING, lists=frozenset({"alleged", "decided", "happens_next"})),
        "appointment": Fields(texts=WHO_TO_RING | {"day", "time"}, lists=OWN_WORDS, optional=OWN_WORDS),
        "diary-sheets": Fields(
            texts=WHO_TO_RING | OWN_LINK | {"by_when"},
            lists=OWN_WORDS,
            optional=OWN_WORDS | OWN_LINK,
            switches=HOW_IT_GOES,
            exactly_one=HOW_IT_GOES,
        ),
        "mediation-offer": Fields(
            texts=WHO_TO_RING, lists=OWN_WORDS, optional=OWN_WORDS, switches=frozenset({"complained_about"})
        ),
        "referral-notice": Fields(texts=WHO_TO_RING | {"agency"}, lists=OWN_WORDS, optional=OWN_WORDS),
        "update": Fields(texts=WHO_TO_RING, lists=OWN_WORDS),
        "agreement": Fields(texts=WHO_TO_RING, lists=OWN_WORDS, switches=frozenset({"complained_about"})),
        "hearing": Fields(texts=WHO_TO_RING | {"day", "time"}, lists=OWN_WORDS, optional=frozenset({"time"})),
        "notice-cover": Fields(texts=WHO_TO_RING | {"notice", "statute"}, lists=OWN_WORDS),
        "review-acknowledgement": Fields(texts=WHO_TO_RING | {"decided_within"}),
        "review-threshold": Fields(
            texts=WHO_TO_RING | {"route"},
            lists=REASONS | {"counted"},
            optional=frozenset({"counted"}),
            switches=frozenset({"met", "not_met"}),
            exactly_one=frozenset({"met", "not_met"}),
        ),
        "review-outcome": Fields(
            texts=WHO_TO_RING | {"route"},
            lists=REASONS | {"recommended"},
            optional=frozenset({"recommended"}),
        ),
        "review-end": Fields(
            texts=WHO_TO_RING,
            lists=frozenset({"followed"}),
            optional=frozenset({"followed"}),
            switches=frozenset({"withdrawn"}),
        ),
        "referral": Fields(
            texts=WHO_TO_RING | {"ground", "link", "until"}, lists=frozenset({"people", "what", "why"})
        ),
    }
)
