"""What is offered is a closed list of the edition. (signposting, section 6)"""

from policy.editions import Edition
from policy.facts.signposting import Signposted
from policy.refusals import SignpostNotKnown


def signposts_are_known(fact: Signposted, edition: Edition) -> None:
    known = [signpost.key for signpost in edition.signposts]
    if not fact.agencies:
        raise SignpostNotKnown("Say which help was offered.", missing=("the help that was offered",))
    if unknown := [key for key in fact.agencies if key not in known]:
        listed = "; ".join(f"{signpost.name} ({signpost.key})" for signpost in edition.signposts)
        raise SignpostNotKnown(f"Not in our list: {', '.join(unknown)}. The list is: {listed}.")
