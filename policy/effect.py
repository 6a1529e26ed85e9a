"""What a case knows of the effect of the behaviour, and of what plays a part in it. (section 6)"""

from pydantic import AwareDatetime

from policy.facts.effects import Cause
from policy.frozen import Frozen


class Effect(Frozen):
    """On the community, as last recorded `at`, with the `causes` named then; whether it is `substantial`, as last
    answered `substantial_at`. `may_be_disability` is each moment at which a cause was first recorded that may be
    one, of nobody by name.
    """

    at: AwareDatetime
    substantial: bool | None = None
    substantial_at: AwareDatetime | None = None
    causes: tuple[Cause, ...] = ()
    may_be_disability: tuple[AwareDatetime, ...] = ()
