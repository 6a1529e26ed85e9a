"""Help in place: what words mean, from the glossary, and where the published policy says what a rule is."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Final


class TermNotInGlossary(KeyError):
    """A page explains a word that the glossary does not have."""


@cache
def glossary() -> Mapping[str, str]:
    """By word, what we mean by it, in the glossary's order: docs/glossary.md, which lies beside us as a link."""
    lines = files("pages").joinpath("glossary.md").read_text(encoding="utf-8").splitlines()
    rows = [line.strip("| ").split(" | ") for line in lines if line.startswith("| ")]
    return {word: meaning.replace("`", "") for word, meaning in rows if word != "word"}


def meaning_of(word: str) -> str:
    """Raises TermNotInGlossary."""
    try:
        return glossary()[word]
    except KeyError:
        raise TermNotInGlossary(word) from None


_UNDER: Final = {
    "who-can-tell-us": ("anyone-affecting-us", "published-statement", "witness-third-party-anonymous"),
    "what-we-deal-with": (
        *("asb-categories", "statutory-limb", "not-usually-asb", "persistent-harm-override", "honest-advice"),
        *("first-contact-guidance",),
    ),
    "hate": ("hate-by-perception", "police-with-consent", "hate-support"),
    "what-we-do-when-you-tell-us": (
        *(
            "register-every-report",
            "acknowledge",
            "contact-5-working-days",
            "assess-seriousness",
            "promise-ledger",
        ),
        *("repeat-victims", "risk-assessment", "counter-allegations"),
    ),
    "when-it-is-serious": (
        *("hate-is-serious", "serious-advise-police", "serious-appointment-1-working-day", "serious-partners"),
        *("serious-safety", "emergency-accommodation", "domestic-abuse", "refer-criminal-to-police"),
        *("hate-strongest-action", "target-hardening"),
    ),
    "while-the-case-is-open": (
        *("regular-contact", "review-meetings", "incident-diaries", "mediation", "bounded-waits", "surveillance"),
        *("partner-referrals", "support-schemes", "joint-approach", "multi-agency-groups", "new-cases-daily"),
        *("explained-deadlines", "as-of", "signposting", "editions"),
    ),
    "the-person-complained-about": (
        "interview-perpetrator",
        "clear-consequences",
        "agreements",
        "starter-tenancy",
    ),
    "warnings": ("formal-warnings", "community-protection-notice"),
    "going-to-court": (
        *("ground-7a", "closure-notice", "other-powers", "partner-led-action", "disability-meeting", "legal-test"),
        *(
            "legal-remedies",
            "legal-reviews",
            "solicitor-gate",
            "court-decides",
            "witness-care",
            "community-remedy",
        ),
        *("publicise-action", "media-after-success"),
    ),
    "fairness": ("advocates", "vulnerability-and-adjustments", "needs-met", "health-contact", "effect-and-causes"),
    "when-we-close-a-case": ("closing-letter", "immediate-closure", "satisfaction-questionnaire"),
    "your-information": (
        *(
            "retention",
            "information-sharing",
            "lettings-check",
            "case-pack",
            "policy-simulation",
            "verifiable-timeline",
        ),
    ),
    "how-we-check-ourselves": (
        *("self-audit", "estate-inspections", "prevention-work", "timescales-monitored", "counts-six-monthly"),
        *("interventions-that-work", "customer-feedback", "reports", "publications", "policy-review"),
        *("focus-areas", "trends-yearly", "campaign-outcomes", "hate-monitoring", "one-to-ones"),
    ),
    "if-you-think-not-enough-was-done": ("case-review",),
}
"""By heading of the published policy, the rows that are told under it."""

ANCHORS: Final[Mapping[str, str]] = {row: heading for heading, rows in _UNDER.items() for row in rows}


def rule(row: str, edition: str | None = None) -> str:
    """Where the policy as the edition has it, or the one in force, is published and speaks of the row."""
    return f"/our-policy{f'/{edition}' if edition else ''}#{ANCHORS[row]}"


_OF_FIELD: Final = {
    "acts_for": "advocate",
    "adjustments": "adjustment",
    "agency": "agency",
    "agreement": "agreement",
    "closing": "immediate closure",
    "edition": "edition",
    "excluded": "exclusion",
    "exclusion": "exclusion",
    "follows": "earlier case",
    "gateway": "gateway",
    "group": "group of agencies",
    "hate": "hate incident, hate crime",
    "held": "held",
    "lawful_reason": "lawful reason",
    "limb": "limb",
    "part": "part",
    "power": "power",
    "powers": "power",
    "remedy": "remedy",
    "safe_contact": "safe contact",
    "seriousness": "serious case",
    "tenure": "tenure",
    "tie": "linked",
}


def term_of(field: str) -> str | None:
    """The glossary's word for what a field of a form asks, where it is one of ours."""
    return _OF_FIELD.get(field.rpartition(".")[2])
