"""The policy's rows and the section each comes from: the names that deadlines, duties and refusals carry."""

from typing import Final

SECTION_OF_ROW: Final[dict[str, str]] = {
    "anyone-affecting-us": "1",
    "asb-categories": "2",
    "statutory-limb": "2 and appendix 1",
    "not-usually-asb": "2",
    "persistent-harm-override": "2, note 1",
    "hate-by-perception": "3",
    "hate-is-serious": "3 and 5",
    "lettings-check": "4",
    "estate-inspections": "4",
    "prevention-work": "4",
    "first-contact-guidance": "4",
    "witness-third-party-anonymous": "3",
    "repeat-victims": "4",
    "regular-contact": "5",
    "register-every-report": "5",
    "acknowledge": "5",
    "contact-5-working-days": "5",
    "assess-seriousness": "5",
    "honest-advice": "5",
    "serious-advise-police": "5",
    "serious-appointment-1-working-day": "5",
    "closing-letter": "5",
    "immediate-closure": "5, note 4",
    "advocates": "6",
    "review-meetings": "7",
    "editions": "8",
    "satisfaction-questionnaire": "5",
    "clear-consequences": "6",
    "signposting": "6",
    "promise-ledger": "4 and 5",
    "bounded-waits": "5",
    "incident-diaries": "5",
    "surveillance": "5",
    "interview-perpetrator": "5",
    "mediation": "4 and 5",
    "agreements": "4 and 5",
    "starter-tenancy": "4 and 5",
    "refer-criminal-to-police": "5",
    "police-with-consent": "3",
    "hate-strongest-action": "3",
    "publicise-action": "3 and 5",
    "community-remedy": "4, note 3",
    "effect-and-causes": "6",
    "media-after-success": "5",
    "as-of": "all",
    "counter-allegations": "all",
    "explained-deadlines": "all",
    "hate-support": "3",
    "risk-assessment": "4",
    "vulnerability-and-adjustments": "4 and 6",
    "target-hardening": "4",
    "domestic-abuse": "4",
    "witness-care": "4",
    "emergency-accommodation": "5",
    "serious-partners": "5",
    "serious-safety": "5",
    "needs-met": "6",
    "health-contact": "6",
    "self-audit": "all",
    "retention": "all",
    "formal-warnings": "5",
    "ground-7a": "5",
    "closure-notice": "5",
    "community-protection-notice": "5",
    "other-powers": "5",
    "partner-led-action": "5",
    "disability-meeting": "6",
    "information-sharing": "4",
    "legal-test": "5",
    "partner-referrals": "4",
    "support-schemes": "4",
    "joint-approach": "5",
    "multi-agency-groups": "4",
    "legal-remedies": "5",
    "legal-reviews": "7",
    "solicitor-gate": "5",
    "court-decides": "5",
    "case-review": "4, note 3",
    "case-pack": "all",
    "verifiable-timeline": "all",
}


def section_in_words(section: str) -> str:
    """`section 5`, `sections 3 and 5`, `all sections`"""
    if section == "all":
        return "all sections"
    several = section.replace(" and ", "").isdigit() and " and " in section
    return f"{'sections' if several else 'section'} {section}"


def section_of(row: str) -> str:
    """The policy's section for a row. Raises KeyError for a row that isn't carried out yet."""
    return SECTION_OF_ROW[row]
