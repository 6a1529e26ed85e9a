"""Role, action, and how the case concerns the caller: what is allowed. What stands in no line is not."""

from enum import StrEnum
from typing import Final

from policy.facts.base import Role


class Relation(StrEnum):
    """How a case concerns somebody on the staff. The first that fits counts, in this order."""

    CONFLICTED = "conflicted"
    """They live there, or know somebody on it: it is never for them."""
    MINE = "mine"
    """They are its officer, its cover, or admitted by name; while it has no officer, whoever took the report."""
    EMERGENCY = "emergency"
    """They took emergency access, for the hours that it lasts."""
    RESTRICTED = "restricted"
    """Restricted to others: to those named, or for domestic abuse to its officer and who leads their team."""
    RESTRICTED_TEAM = "restricted_team"
    """Restricted for domestic abuse, and its officer is of a team of theirs or there is none yet."""
    TEAM = "team"
    """Its officer is of a team of theirs, or it has none yet."""
    OTHERS = "others"
    """Another team's."""
    NO_CASE = "no_case"
    """What is done is about no case in particular."""


class Action(StrEnum):
    SEE_HEALTH = "see_health"
    SEE_METRICS = "see_metrics"
    SEE_PAYLOADS = "see_payloads"
    """How what the engine keeps is built, without its words."""
    SEE_LISTS = "see_lists"
    REPORT = "report"
    ASK_FOR_REVIEW = "ask_for_review"
    SEE_PUBLISHED = "see_published"
    COUNT_REVIEWS = "count_reviews"
    LIST_CASES = "list_cases"
    LEAD_TEAM = "lead_team"
    """What waits for a leader's decision, and giving an officer's cases to others together."""
    LIST_LEGAL_ACTIONS = "list_legal_actions"
    SEE_CASE = "see_case"
    RECORD_ON_CASE = "record_on_case"
    GIVE_LINK_TO_CASE = "give_link_to_case"
    """A private link for somebody on it, and its end."""
    REPORT_ON_CASE = "report_on_case"
    """To pass on what somebody tells us, also on a case that is shut to who hears it."""
    MAKE_PACK = "make_pack"
    """A case as one document for a court, the Ombudsman or somebody who asks. (case-pack)"""
    SEE_LEGAL_ACTION = "see_legal_action"
    RECORD_ON_LEGAL_ACTION = "record_on_legal_action"
    SEE_REFERRAL = "see_referral"
    RECORD_ON_REFERRAL = "record_on_referral"
    SEE_CASE_REVIEW = "see_case_review"
    RECORD_ON_CASE_REVIEW = "record_on_case_review"
    SEE_ACCESS = "see_access"
    CHANGE_ACCESS = "change_access"
    TAKE_EMERGENCY_ACCESS = "take_emergency_access"
    POST_LETTERS = "post_letters"
    """To print what waits for the post, together, and to say that it was posted."""
    TELL_OF_BOUNCES = "tell_of_bounces"
    """What a mail server says of letters that it could not deliver."""
    SEE_PEOPLE = "see_people"
    KEEP_PEOPLE = "keep_people"
    SEE_PERSON_RECORD = "see_person_record"
    """All that is kept about somebody, on whichever cases. (UK GDPR art. 15)"""
    TAKE_EVIDENCE = "take_evidence"
    """To take in what was sent to us and look at it, before it has a case."""
    SET_EVIDENCE_ASIDE = "set_evidence_aside"
    """To say that no case is found for a file, so that nobody is asked about it any more."""
    SEE_PLACES = "see_places"
    KEEP_PLACES = "keep_places"
    SEE_POLICY_REVIEW = "see_policy_review"
    KEEP_POLICY_REVIEW = "keep_policy_review"
    """To say who sees to the policy's own review, when it comes forward, and what came of it."""
    SEE_TRENDS = "see_trends"
    """How many new cases there are, where and of what, and which places are proposed as focus areas."""
    CHECK_FOR_LETTING = "check_for_letting"
    SEE_LETTINGS_CHECKS = "see_lettings_checks"
    TRY_EDITION = "try_edition"
    """To have past cases told again under a proposed edition. (policy-simulation)"""
    SEE_DISCLOSURES = "see_disclosures"
    SEE_REPORTS = "see_reports"
    """Reports of figures, and to have one made. (reports)"""
    SEE_STAFF_FIGURES = "see_staff_figures"
    """What of them is sorted by member of staff."""
    SEE_RETENTION = "see_retention"
    DECIDE_RETENTION = "decide_retention"
    SEE_ONESELF = "see_oneself"
    SEE_LOOKING = "see_looking"
    SEE_RESTRICTIONS = "see_restrictions"
    ANSWER_BY_LINK = "answer_by_link"
    SEE_BY_LINK = "see_by_link"
    """What was told to or by oneself on a case, by a private link of one's own."""


_APART: Final = frozenset({Relation.NO_CASE})
_OPEN: Final = frozenset({Relation.MINE, Relation.TEAM, Relation.OTHERS, Relation.EMERGENCY})
_LEADING: Final = _OPEN | {Relation.RESTRICTED_TEAM}
_EMERGENCY: Final = frozenset({Relation.EMERGENCY})
_ADMITTED: Final = frozenset({Relation.MINE, Relation.EMERGENCY})
_SHUT: Final = frozenset({Relation.RESTRICTED, Relation.RESTRICTED_TEAM})

_Who = dict[Role, frozenset[Relation]]

_ON_CASES: Final[_Who] = {
    Role.OFFICER: _OPEN,
    Role.COMMUNITY_SAFETY: _OPEN,
    Role.SUPERVISOR: _LEADING,
    Role.MANAGER: _LEADING,
}
_IN_COURT: Final[_Who] = _ON_CASES | {Role.SOLICITOR: _OPEN}


def _deciding(who: _Who) -> _Who:
    """In an emergency one helps, and carries nothing on that others began."""
    return {role: where - _EMERGENCY for role, where in who.items()}


_STAFF: Final[_Who] = dict.fromkeys(_ON_CASES, _APART)
_LEADERS: Final[_Who] = dict.fromkeys((Role.SUPERVISOR, Role.MANAGER), _APART)
_SIGNED_IN: Final[_Who] = dict.fromkeys(
    (one for one in Role if one not in {Role.SYSTEM, Role.AGENCY, Role.RESIDENT}), _APART
)
_EVERYBODY: Final[_Who] = _SIGNED_IN | {Role.RESIDENT: _APART}
"""Also without signing in."""

MAY: Final[dict[Action, _Who]] = {
    Action.SEE_HEALTH: _EVERYBODY,
    Action.SEE_METRICS: _STAFF | {Role.OPS: _APART},
    Action.SEE_PAYLOADS: {Role.OPS: _APART},
    Action.SEE_LISTS: _STAFF | {Role.SOLICITOR: _APART, Role.DATA_PROTECTION: _APART},
    Action.REPORT: _STAFF | {Role.RESIDENT: _APART},
    Action.ASK_FOR_REVIEW: _STAFF | {Role.RESIDENT: _APART},
    Action.SEE_PUBLISHED: _EVERYBODY,
    Action.COUNT_REVIEWS: _STAFF,
    Action.LIST_CASES: _STAFF,
    Action.LEAD_TEAM: _LEADERS,
    Action.LIST_LEGAL_ACTIONS: _STAFF | {Role.SOLICITOR: _APART},
    Action.SEE_CASE: _ON_CASES | {Role.DATA_PROTECTION: _ADMITTED, Role.SOLICITOR: _ADMITTED},
    Action.RECORD_ON_CASE: _ON_CASES,
    Action.GIVE_LINK_TO_CASE: _deciding(_ON_CASES),
    Action.REPORT_ON_CASE: {role: where | _SHUT for role, where in _ON_CASES.items()},
    Action.MAKE_PACK: {
        Role.COMMUNITY_SAFETY: _OPEN - _EMERGENCY,
        Role.SUPERVISOR: _LEADING - _EMERGENCY,
        Role.MANAGER: _LEADING - _EMERGENCY,
        Role.SOLICITOR: frozenset({Relation.MINE}),
        Role.DATA_PROTECTION: _OPEN | _SHUT,
    },
    Action.SEE_LEGAL_ACTION: _IN_COURT | {Role.DATA_PROTECTION: _ADMITTED},
    Action.RECORD_ON_LEGAL_ACTION: _deciding(_IN_COURT),
    Action.SEE_REFERRAL: _ON_CASES | {Role.DATA_PROTECTION: _ADMITTED},
    Action.RECORD_ON_REFERRAL: _deciding(_ON_CASES),
    Action.SEE_CASE_REVIEW: _ON_CASES | {Role.DATA_PROTECTION: _ADMITTED},
    Action.RECORD_ON_CASE_REVIEW: _deciding(_ON_CASES),
    Action.SEE_ACCESS: _ON_CASES
    | {Role.MANAGER: _LEADING | _SHUT, Role.DATA_PROTECTION: _LEADING | _SHUT | {Relation.CONFLICTED}},
    Action.CHANGE_ACCESS: _deciding(
        _ON_CASES | {Role.MANAGER: _LEADING | _SHUT, Role.DATA_PROTECTION: _LEADING | _SHUT}
    ),
    Action.TAKE_EMERGENCY_ACCESS: dict.fromkeys(_ON_CASES, _SHUT) | {Role.DATA_PROTECTION: _OPEN | _SHUT},
    Action.POST_LETTERS: _STAFF,
    Action.TELL_OF_BOUNCES: {Role.OPS: _APART},
    Action.SEE_PEOPLE: _STAFF | {Role.DATA_PROTECTION: _APART},
    Action.KEEP_PEOPLE: _STAFF,
    Action.SEE_PERSON_RECORD: {Role.DATA_PROTECTION: _APART},
    Action.TAKE_EVIDENCE: _STAFF,
    Action.SET_EVIDENCE_ASIDE: _LEADERS,
    Action.SEE_PLACES: _STAFF,
    Action.KEEP_PLACES: _STAFF,
    Action.SEE_POLICY_REVIEW: _STAFF,
    Action.KEEP_POLICY_REVIEW: _LEADERS | {Role.COMMUNITY_SAFETY: _APART},
    Action.SEE_TRENDS: _LEADERS | {Role.COMMUNITY_SAFETY: _APART},
    Action.CHECK_FOR_LETTING: {Role.LETTINGS: _APART},
    Action.SEE_LETTINGS_CHECKS: _LEADERS | {Role.DATA_PROTECTION: _APART},
    Action.TRY_EDITION: {Role.MANAGER: _APART},
    Action.SEE_DISCLOSURES: _LEADERS | {Role.DATA_PROTECTION: _APART},
    Action.SEE_REPORTS: _LEADERS | {Role.COMMUNITY_SAFETY: _APART},
    Action.SEE_STAFF_FIGURES: {Role.MANAGER: _APART},
    Action.SEE_RETENTION: _LEADERS | {Role.DATA_PROTECTION: _APART},
    Action.DECIDE_RETENTION: _LEADERS | {Role.DATA_PROTECTION: _APART},
    Action.SEE_ONESELF: _SIGNED_IN,
    Action.SEE_LOOKING: {Role.DATA_PROTECTION: _APART},
    Action.SEE_RESTRICTIONS: {Role.MANAGER: _APART, Role.DATA_PROTECTION: _APART},
    Action.ANSWER_BY_LINK: {Role.AGENCY: _APART},
    Action.SEE_BY_LINK: {Role.RESIDENT: _APART},
}

ABOUT_A_CASE: Final = frozenset(
    action for action, who in MAY.items() if any(found - _APART for found in who.values())
)
"""What is done on one case, or on what is carried on beside one."""
