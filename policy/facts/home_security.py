"""Making a home safer: asked for, agreed, fitted."""

from enum import StrEnum
from typing import Literal

from policy.facts.base import Words
from policy.facts.matters import Begun, Step


class Security(StrEnum):
    LOCKS = "locks"
    DOOR_CHAIN = "door_chain"
    ALARM = "alarm"
    PERSONAL_ALARM = "personal_alarm"
    PANIC_BUTTON = "panic_button"
    CCTV = "cctv"
    LIGHTS = "lights"
    OTHER = "other"


class HomeSecurityAsked(Begun):
    fact: Literal["home_security_asked"] = "home_security_asked"
    security: Security
    words: Words


class HomeSecurityAgreed(Step):
    fact: Literal["home_security_agreed"] = "home_security_agreed"
    words: Words


class HomeSecurityRefused(Step):
    """It will not be fitted, and they have been told why."""

    fact: Literal["home_security_refused"] = "home_security_refused"
    reasons: Words


class HomeSecurityFitted(Step):
    fact: Literal["home_security_fitted"] = "home_security_fitted"
    words: Words


Facts = HomeSecurityAsked | HomeSecurityAgreed | HomeSecurityRefused | HomeSecurityFitted
