"""Where staff sign in, which of their groups mean what here, and for how long a sign-in lasts."""

import ipaddress
from datetime import timedelta
from typing import Annotated, Final
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, ValidationInfo, field_validator
from pydantic_settings import BaseSettings

from policy.caller import STAFF_ROLES, Groups
from policy.facts.base import Role

LEAST_SECRET: Final = 32
"""Characters."""


class SignInSettings(BaseSettings):
    local: bool = Field(default=False, description="A machine on its own, as `casework run` sets it up")

    token_secret: SecretStr = Field(
        description="Signs access tokens; 32 characters or more", min_length=LEAST_SECRET
    )
    token_secrets_before: tuple[Annotated[SecretStr, Field(min_length=LEAST_SECRET)], ...] = Field(
        default=(), description="Earlier ones; what they signed is still read, and nothing new is signed by them"
    )

    sign_in_client_id: str = "casework"
    sign_in_client_secret: SecretStr | None = Field(default=None, description="None for a public client")
    sign_in_scopes: str = "openid profile"
    sign_in_subject_claim: str = Field(default="sub", description="Entra ID: `oid`")
    sign_in_name_claim: str = "name"
    sign_in_groups_claim: str = "groups"
    sign_in_issuer: str | None = Field(default=None, description="The OpenID Connect provider, as it names itself")
    role_groups: dict[Role, frozenset[str]] = Field(
        default_factory=dict, description="Role to groups; the first role that matches counts"
    )
    team_groups: dict[str, frozenset[str]] = Field(default_factory=dict, description="Team to groups")
    api_audience: str | None = Field(
        default=None, description="The `aud` of the provider's access tokens; without it none is taken"
    )
    session_idle_minutes: int = Field(default=60, ge=5)
    session_hours: int = Field(default=12, ge=1, description="After so many a sign-in ends, used or not")

    public_url: str = Field(
        default="http://127.0.0.1:8000",
        validate_default=True,
        description="Under which browsers, and agencies by their private link, reach the API",
    )

    @property
    def groups(self) -> Groups:
        return Groups(roles=self.role_groups, teams=self.team_groups)

    @property
    def public_origin(self) -> str:
        """As browsers spell it."""
        parts = urlsplit(self.public_url)
        return f"{parts.scheme}://{parts.netloc}".lower()

    @property
    def session_idle(self) -> timedelta:
        return timedelta(minutes=self.session_idle_minutes)

    @property
    def session_longest(self) -> timedelta:
        return timedelta(hours=self.session_hours)

    @property
    def without_tls(self) -> bool:
        """Only a machine on its own is reached by browsers without TLS."""
        return self.local and self.public_url.startswith("http://")

    @field_validator("sign_in_scopes")
    @classmethod
    def _openid(cls, scopes: str) -> str:
        if "openid" not in scopes.split():
            raise ValueError("`openid` is one of them")
        return scopes

    @field_validator("sign_in_issuer")
    @classmethod
    def _elsewhere(cls, issuer: str | None, info: ValidationInfo) -> str | None:
        """A machine on its own may ask itself, and nobody else without TLS."""
        if issuer is None or (info.data.get("local") and _on_this_machine(issuer)):
            return issuer
        if not issuer.startswith("https://") or _on_this_machine(issuer):
            raise ValueError("it must begin with https:// and must not be on this machine")
        return issuer

    @field_validator("role_groups", mode="before")
    @classmethod
    def _of_staff(cls, mapped: dict[str, object]) -> dict[str, object]:
        if astray := [role for role in mapped if role not in STAFF_ROLES]:
            raise ValueError(f"nobody signs in as {', '.join(astray)}; roles are {', '.join(STAFF_ROLES)}")
        return mapped

    @field_validator("api_audience")
    @classmethod
    def _no_id_token(cls, audience: str | None, info: ValidationInfo) -> str | None:
        """An ID token is for the client; were the API called the same, it would be taken for an access token."""
        if audience is not None and audience == info.data.get("sign_in_client_id"):
            raise ValueError("the API needs an audience of its own, other than the client id")
        return audience

    @field_validator("public_url")
    @classmethod
    def _reached_safely(cls, url: str, info: ValidationInfo) -> str:
        alone = info.data.get("local") and _on_this_machine(url)
        if info.data.get("sign_in_issuer") and not alone and not url.startswith("https://"):
            raise ValueError("where people sign in, browsers reach Casework by https://")
        return url.rstrip("/")


def _on_this_machine(url: str) -> bool:
    host = (urlsplit(url).hostname or "").rstrip(".")
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")
