"""Assessment against the definition, honest advice and second looks."""

from policy.case_file import CaseFile
from policy.facts import Entry
from policy.facts.assessing import Assessed, Limb, Seriousness
from policy.folding.reports import HATE
from policy.refusals import (
    AdviceDoesNotFit,
    AnotherPersonMustLook,
    DefinitionNotMet,
    ExclusionDoesNotApply,
    HateIsSerious,
    NothingToLookAtAgain,
)


def meets_the_definition_or_is_excluded(fact: Assessed) -> None:
    """A limb or an exclusion, never both; limb (c) is tested. (statutory-limb, appendix 1)"""
    if not fact.categories:
        raise DefinitionNotMet("Say what kind of behaviour it is.", missing=("the kind of behaviour",))
    if fact.limb is None and fact.exclusion is None:
        raise DefinitionNotMet(
            "Say which part of the definition is met (a, b or c), or why it is not usually anti-social behaviour.",
            missing=("the part of the definition, or why it is not usually anti-social behaviour",),
        )
    if fact.limb is not None and fact.exclusion is not None:
        raise ExclusionDoesNotApply(
            "Say either which part of the definition is met, or why it is not usually anti-social behaviour: both "
            "cannot be so."
        )
    if fact.limb is Limb.HOUSING_RELATED_NUISANCE and not fact.housing_function:
        raise DefinitionNotMet(
            "For part (c), say which part of our housing work the nuisance touches.",
            missing=("the part of our housing work",),
        )


def hate_stays_serious(file: CaseFile, fact: Assessed) -> None:
    """Nobody assesses a perception of hate away. (hate-is-serious, section 3)"""
    if file.hate is None and HATE not in fact.categories:
        return
    if fact.seriousness is not Seriousness.SERIOUS:
        raise HateIsSerious("A hate incident is serious. It cannot be assessed as ordinary.")
    if fact.exclusion is not None:
        raise ExclusionDoesNotApply('A hate incident is never "not usually anti-social behaviour".')


def excluded_is_not_serious(file: CaseFile, fact: Assessed) -> None:
    """Nor is domestic abuse. (domestic-abuse, section 4; our reading)"""
    if fact.exclusion is not None and file.domestic_abuse:
        raise ExclusionDoesNotApply('Domestic abuse is never "not usually anti-social behaviour".')
    if fact.exclusion is not None and fact.seriousness is Seriousness.SERIOUS:
        raise ExclusionDoesNotApply('What is serious cannot be "not usually anti-social behaviour".')


def advice_fits(file: CaseFile) -> None:
    """Nobody who fears violence or hate is told to speak to them first. (honest-advice, our reading)"""
    if file.serious or file.hate is not None:
        raise AdviceDoesNotFit(
            "This case is serious: the victim is not advised to put up with it or to speak first."
        )
    if file.domestic_abuse:
        raise AdviceDoesNotFit(
            "There is domestic abuse: nobody is advised to put up with it or to speak to them first."
        )


def there_is_advice_to_look_at(file: CaseFile) -> None:
    if file.advised is None or file.advised.second_look_asked_at is not None:
        raise NothingToLookAtAgain("No advice on this case is open to a second look.")


def a_second_look_was_asked(file: CaseFile) -> None:
    if file.advised is None or file.advised.second_look_asked_at is None:
        raise NothingToLookAtAgain("Nobody has asked for a second look.")


def somebody_else_looks(file: CaseFile, entry: Entry) -> None:
    """(honest-advice, section 5; our reading: a second look needs a second person)"""
    if file.advised is not None and file.advised.by == entry.by.id:
        raise AnotherPersonMustLook("You gave the advice, so somebody else must take the second look.")
