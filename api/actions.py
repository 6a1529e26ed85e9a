"""What each route does, as permissions call it. With a route that has no line here nothing starts."""

from collections.abc import Mapping
from typing import Final

from policy.permissions import Action

_OF_CASES: Final = {
    ("POST", "/reports"): Action.REPORT,
    ("POST", "/reports/similar"): Action.LIST_CASES,
    ("GET", "/cases"): Action.LIST_CASES,
    ("GET", "/tasks"): Action.LIST_CASES,
    ("GET", "/counts"): Action.LEAD_TEAM,
    ("GET", "/cases/{ref}"): Action.SEE_CASE,
    ("GET", "/cases/{ref}/live"): Action.SEE_CASE,
    ("GET", "/cases/{ref}/as-of"): Action.SEE_CASE,
    ("GET", "/cases/{ref}/timeline"): Action.SEE_CASE,
    ("GET", "/cases/{ref}/timeline.jsonl"): Action.SEE_CASE,
    ("GET", "/cases/{ref}/timeline/stream"): Action.SEE_CASE,
    ("GET", "/cases/{ref}/letters/{id_}.pdf"): Action.SEE_CASE,
    ("GET", "/cases/{ref}/letters/{key}/draft.pdf"): Action.SEE_CASE,
    ("GET", "/cases/{ref}/letters/{key}/draft.txt"): Action.SEE_CASE,
    ("GET", "/cases/{ref}/disclosures"): Action.SEE_CASE,
    ("POST", "/cases/{ref}/evidence"): Action.REPORT_ON_CASE,
    ("GET", "/cases/{ref}/evidence"): Action.SEE_CASE,
    ("GET", "/cases/{ref}/evidence/{id_}/file"): Action.SEE_CASE,
    ("POST", "/cases/{ref}/evidence/{id_}/shared-copy"): Action.SEE_CASE,
    ("POST", "/cases/{ref}/facts"): Action.RECORD_ON_CASE,
    ("POST", "/cases/{ref}/incidents"): Action.REPORT_ON_CASE,
    ("POST", "/cases/{ref}/links"): Action.RECORD_ON_CASE,
    ("GET", "/cases/{ref}/access"): Action.SEE_ACCESS,
    ("POST", "/cases/{ref}/access"): Action.CHANGE_ACCESS,
    ("POST", "/cases/{ref}/emergency-access"): Action.TAKE_EMERGENCY_ACCESS,
    ("GET", "/restricted-cases"): Action.SEE_RESTRICTIONS,
    ("POST", "/cases/{ref}/corrections"): Action.RECORD_ON_CASE,
    ("POST", "/cases/{ref}/packs"): Action.MAKE_PACK,
    ("GET", "/cases/{ref}/packs"): Action.MAKE_PACK,
    ("GET", "/cases/{ref}/packs/{id_}"): Action.MAKE_PACK,
    ("GET", "/cases/{ref}/packs/{id_}/pdf"): Action.MAKE_PACK,
    ("GET", "/cases/{ref}/diaries/{matter}"): Action.SEE_CASE,
    ("GET", "/cases/{ref}/private-links"): Action.SEE_CASE,
    ("POST", "/cases/{ref}/private-links"): Action.GIVE_LINK_TO_CASE,
    ("POST", "/cases/{ref}/private-links/{id_}/revoke"): Action.GIVE_LINK_TO_CASE,
}
_BESIDE_CASES: Final = {
    ("GET", "/legal-actions"): Action.LIST_LEGAL_ACTIONS,
    ("GET", "/legal-actions/{ref}"): Action.SEE_LEGAL_ACTION,
    ("GET", "/legal-actions/{ref}/live"): Action.SEE_LEGAL_ACTION,
    ("GET", "/legal-actions/{ref}/timeline"): Action.SEE_LEGAL_ACTION,
    ("POST", "/legal-actions/{ref}/facts"): Action.RECORD_ON_LEGAL_ACTION,
    ("POST", "/legal-actions/{ref}/corrections"): Action.RECORD_ON_LEGAL_ACTION,
    ("GET", "/referrals"): Action.LIST_CASES,
    ("GET", "/referrals/{ref}"): Action.SEE_REFERRAL,
    ("GET", "/referrals/{ref}/live"): Action.SEE_REFERRAL,
    ("GET", "/referrals/{ref}/timeline"): Action.SEE_REFERRAL,
    ("POST", "/referrals/{ref}/facts"): Action.RECORD_ON_REFERRAL,
    ("POST", "/referrals/{ref}/corrections"): Action.RECORD_ON_REFERRAL,
    ("GET", "/answers/{link}"): Action.ANSWER_BY_LINK,
    ("POST", "/answers/{link}"): Action.ANSWER_BY_LINK,
    ("POST", "/case-reviews"): Action.ASK_FOR_REVIEW,
    ("GET", "/case-reviews"): Action.LIST_CASES,
    ("GET", "/case-reviews/counts"): Action.COUNT_REVIEWS,
    ("GET", "/case-reviews/published"): Action.SEE_PUBLISHED,
    ("GET", "/case-reviews/{ref}"): Action.SEE_CASE_REVIEW,
    ("GET", "/case-reviews/{ref}/live"): Action.SEE_CASE_REVIEW,
    ("GET", "/case-reviews/{ref}/timeline"): Action.SEE_CASE_REVIEW,
    ("GET", "/case-reviews/{ref}/threshold"): Action.SEE_CASE_REVIEW,
    ("GET", "/case-reviews/{ref}/letter.pdf"): Action.SEE_CASE_REVIEW,
    ("GET", "/case-reviews/{ref}/letter.txt"): Action.SEE_CASE_REVIEW,
    ("POST", "/case-reviews/{ref}/facts"): Action.RECORD_ON_CASE_REVIEW,
    ("POST", "/case-reviews/{ref}/corrections"): Action.RECORD_ON_CASE_REVIEW,
}
_OF_THE_POST: Final = {
    ("GET", "/print-runs"): Action.POST_LETTERS,
    ("POST", "/print-runs"): Action.POST_LETTERS,
    ("GET", "/print-runs/{id_}"): Action.POST_LETTERS,
    ("GET", "/print-runs/{id_}/letters.pdf"): Action.POST_LETTERS,
    ("POST", "/print-runs/{id_}/posted"): Action.POST_LETTERS,
    ("POST", "/print-runs/{id_}/taken-out"): Action.POST_LETTERS,
    ("POST", "/mail/bounces"): Action.TELL_OF_BOUNCES,
}
_OF_PEOPLE_AND_PLACES: Final = {
    ("POST", "/people"): Action.KEEP_PEOPLE,
    ("POST", "/people/search"): Action.SEE_PEOPLE,
    ("GET", "/people/{id_}"): Action.SEE_PEOPLE,
    ("GET", "/people/{id_}/changes"): Action.SEE_PEOPLE,
    ("GET", "/people/{id_}/record"): Action.SEE_PERSON_RECORD,
    ("POST", "/people/{id_}/corrections"): Action.KEEP_PEOPLE,
    ("POST", "/people/{id_}/moves"): Action.KEEP_PEOPLE,
    ("POST", "/tenancies"): Action.KEEP_PEOPLE,
    ("GET", "/tenancies/{id_}"): Action.SEE_PEOPLE,
    ("GET", "/tenancies/{id_}/changes"): Action.SEE_PEOPLE,
    ("POST", "/tenancies/{id_}/corrections"): Action.KEEP_PEOPLE,
    ("POST", "/places"): Action.KEEP_PLACES,
    ("GET", "/places"): Action.SEE_PLACES,
    ("GET", "/places/{id_}"): Action.SEE_PLACES,
    ("POST", "/places/{id_}/facts"): Action.KEEP_PLACES,
    ("POST", "/places/{id_}/findings/{finding}/case"): Action.KEEP_PLACES,
    ("GET", "/inspections/counts"): Action.SEE_PLACES,
    ("POST", "/prevention"): Action.KEEP_PLACES,
    ("GET", "/prevention"): Action.SEE_PLACES,
    ("GET", "/prevention/{id_}"): Action.SEE_PLACES,
    ("POST", "/prevention/{id_}/facts"): Action.KEEP_PLACES,
    ("GET", "/policy-review"): Action.SEE_POLICY_REVIEW,
    ("POST", "/policy-review/facts"): Action.KEEP_POLICY_REVIEW,
    ("GET", "/focus-areas"): Action.SEE_TRENDS,
    ("GET", "/focus-areas/{id_}"): Action.SEE_PLACES,
    ("POST", "/focus-areas/{id_}/facts"): Action.KEEP_PLACES,
    ("GET", "/trends"): Action.SEE_TRENDS,
    ("POST", "/lettings-checks"): Action.CHECK_FOR_LETTING,
    ("GET", "/lettings-checks"): Action.SEE_LETTINGS_CHECKS,
    ("GET", "/disclosures"): Action.SEE_DISCLOSURES,
    ("POST", "/evidence"): Action.TAKE_EVIDENCE,
    ("GET", "/evidence/unmatched"): Action.TAKE_EVIDENCE,
    ("GET", "/evidence/{id_}/file"): Action.TAKE_EVIDENCE,
    ("POST", "/evidence/{id_}/set-aside"): Action.SET_EVIDENCE_ASIDE,
}
_OF_FIGURES: Final = {
    ("GET", "/figures"): Action.SEE_REPORTS,
    ("POST", "/figures"): Action.SEE_REPORTS,
    ("GET", "/figures/{id_}"): Action.SEE_REPORTS,
    ("GET", "/figures/{id_}/files/{name}"): Action.SEE_REPORTS,
}
_OF_RETENTION: Final = {
    ("GET", "/retention"): Action.SEE_RETENTION,
    ("GET", "/retention/holds"): Action.SEE_RETENTION,
    ("GET", "/retention/{ref}"): Action.SEE_RETENTION,
    ("POST", "/retention/{ref}/facts"): Action.DECIDE_RETENTION,
}
_OF_THE_SERVICE: Final = {
    ("GET", "/health/live"): Action.SEE_HEALTH,
    ("GET", "/health/ready"): Action.SEE_HEALTH,
    ("GET", "/metrics"): Action.SEE_METRICS,
    ("POST", "/temporal/decode"): Action.SEE_PAYLOADS,
    ("GET", "/me"): Action.SEE_ONESELF,
    ("GET", "/me/lookings"): Action.SEE_ONESELF,
    ("GET", "/lookings"): Action.SEE_LOOKING,
    ("GET", "/lookings/unusual"): Action.SEE_LOOKING,
    ("GET", "/people/{id_}/lookings"): Action.SEE_LOOKING,
    ("GET", "/guidance"): Action.SEE_LISTS,
    ("GET", "/guidance/{category}"): Action.SEE_LISTS,
    ("GET", "/lists"): Action.SEE_LISTS,
    ("GET", "/lists/{name}"): Action.SEE_LISTS,
}

ACTION_OF: Final[Mapping[tuple[str, str], Action]] = (
    _OF_CASES
    | _BESIDE_CASES
    | _OF_THE_POST
    | _OF_PEOPLE_AND_PLACES
    | _OF_FIGURES
    | _OF_RETENTION
    | _OF_THE_SERVICE
)
"""By method and path, without `/api`."""
