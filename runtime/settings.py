"""Settings come from the environment (`CASEWORK_…`), and locally from the file that `casework run` keeps."""

import re
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Final, Literal, Self

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    FilePath,
    IPvAnyNetwork,
    SecretStr,
    ValidationInfo,
    field_validator,
    model_validator,
)
from pydantic_settings import SettingsConfigDict

from policy.reports.kinds import ReportKind
from runtime.keyring import Keyring
from runtime.secrecy import weak
from runtime.worker_settings import WorkerSettings

HOME: Final = Path(".casework")
LOCAL_ENV: Final = HOME / "local.env"
_NEED_TLS: Final = ("temporal_tls_ca", "temporal_tls_certificate", "temporal_tls_key", "temporal_tls_server_name")
_SAYS_TLS: Final = re.compile(r"[?&]ssl")


class AgencyAddress(BaseModel):
    """Where an agency gets referrals: by e-mail, or in its own system under a secret of its own."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    email: str | None = None
    url: str | None = None
    secret: SecretStr | None = None

    @model_validator(mode="after")
    def _in_one_way(self) -> Self:
        ways = (self.email is not None, self.url is not None, self.secret is not None)
        if ways not in {(True, False, False), (False, True, True)}:
            raise ValueError("an agency has an `email`, or else a `url` and a `secret`")
        return self


class Settings(WorkerSettings):
    """Secrets have no default: outside local mode a missing or empty one stops the process with its name."""

    model_config = SettingsConfigDict(
        env_prefix="CASEWORK_",
        env_file=LOCAL_ENV,
        env_ignore_empty=True,
        extra="ignore",
        hide_input_in_errors=True,
    )

    database_url: SecretStr = Field(description="postgresql+asyncpg://… for the role casework_app")
    worker_database_url: SecretStr | None = Field(
        default=None,
        description="The same for the role casework_worker: worker, relay and what checks the records. Where each "
        "process has settings of its own, theirs is `database_url`",
    )
    migration_database_url: SecretStr | None = Field(default=None, description="The owning role; `migrate` only")
    database_connections: int = 20
    database_tls: Literal["prefer", "disable", "verify-full"] = Field(
        default="prefer", description="As PostgreSQL's sslmode; `verify-full` wants to know whom it speaks to"
    )
    database_tls_ca: FilePath | None = Field(default=None, description="For the server; else the system's")

    temporal_address: str = "127.0.0.1:7233"
    temporal_namespace: str = "default"
    temporal_tls: bool = False
    temporal_tls_ca: FilePath | None = Field(default=None, description="For the server; else the system's")
    temporal_tls_certificate: FilePath | None = Field(default=None, description="Where the server wants ours")
    temporal_tls_key: FilePath | None = None
    temporal_tls_server_name: str | None = Field(default=None, description="Where it is not the address's")
    temporal_ui_origin: str | None = Field(
        default=None,
        pattern=r"^https?://[a-z0-9.-]+(:[0-9]{1,5})?$",
        description="Where the Temporal UI is, as browsers spell an origin: it may ask POST /api/temporal/decode",
    )
    temporal_api_key: SecretStr | None = Field(default=None, validate_default=True)
    task_queue: str = "cases"
    deployment: str = Field(default="casework", pattern=r"^[\w-]+$", description="What Temporal calls our workers")
    build_id: str | None = Field(
        default=None,
        pattern=r"^[\w.-]+$",
        description="Which build a worker is; a case stays with its build until another is current. Without it "
        "workers of one build alone may run",
    )
    max_cached_cases: int = 5000
    graceful_shutdown_seconds: int = 20

    encryption_key: str | None = Field(default=None, description="The active key's id, where there are several")
    encryption_keys_file: Path | None = Field(default=None, description="A file with what is next, in its place")
    encryption_keys: SecretStr | None = Field(
        default=None, validate_default=True, description="JSON: each key's id and 32 random bytes as base64"
    )

    api_host: str = "127.0.0.1"
    api_port: int = 8000
    worker_health_host: str = "127.0.0.1"
    worker_health_port: int = 0
    relay_rest_seconds: float = 10.0

    smtp_host: str = "127.0.0.1"
    smtp_port: int = 25
    smtp_sender: str = "noreply@landlord.invalid"
    smtp_username: str | None = None
    smtp_password: SecretStr | None = None
    smtp_encryption: Literal["none", "starttls", "tls"] = "none"
    smtp_tls_ca: FilePath | None = Field(default=None, description="For the server; else the system's")

    text_messages_url: str | None = Field(
        default=None, description="The gateway that takes text messages; without it none are sent"
    )
    text_messages_secret: SecretStr | None = Field(
        default=None, description="Shows the gateway that it is us; only workers have it, and need it"
    )

    landlord_name: str = "Weald & Downs Homes"
    landlord_address: tuple[str, ...] = ("1 Invented Street", "Sevenoaks", "TN13 0XX")
    landlord_phone: str = "01632 960 000"
    landlord_email: str = "asb@landlord.invalid"
    landlord_website: str = "landlord.invalid"
    leave_quickly_to: str = Field(
        default="https://www.bbc.co.uk/weather",
        pattern=r"^https://[^\s]+$",
        description="Where residents' pages send whoever must leave them at once: somewhere that means nothing",
    )
    landlord_homes: int | None = Field(
        default=None,
        ge=1,
        description="How many; without it no report says how many cases there are for each 1,000",
    )
    report_readers: dict[ReportKind, tuple[str, ...]] = Field(
        default_factory=dict, description="JSON: whom to tell by e-mail that a report is made, by its kind"
    )
    landlord_team: str = "the neighbourhood team"
    landlord_data_protection_officer: str = Field(
        default="data-protection@landlord.invalid", description="Who it is and how to reach them, on /privacy"
    )
    landlord_is_public: bool = Field(
        default=False, description="A council or another public authority: /privacy names its task as lawful basis"
    )
    council_name: str = "your district council"
    council_case_review: str = "the community safety team there"
    closure_days: dict[date, str] = Field(
        default_factory=dict, description="The landlord's own, beside bank holidays"
    )

    trusted_proxies: tuple[IPvAnyNetwork, ...] = Field(
        default=(), description="Whose word is taken for who connects to them (X-Forwarded-For), as networks"
    )
    reports_an_hour: int = Field(default=60, ge=1, description="By the public, from one address")
    case_reviews_an_hour: int = Field(default=30, ge=1, description="As above, asked for")
    link_uses_an_hour: int = Field(default=300, ge=1, description="Of one private link")
    private_link_days: int = Field(default=90, ge=1, description="For so long somebody's link to their case opens")
    failed_sign_ins_an_hour: int = Field(default=120, ge=1, description="From one address, with links that fail")
    requests_a_minute: int = Field(default=3000, ge=1, description="By one who is signed in")

    webhooks_without_tls: bool = Field(default=False, description="For tests and a machine on its own")
    webhooks_to_private_addresses: tuple[IPvAnyNetwork, ...] = Field(
        default=(),
        description="Networks of your own in which an agency's system or the text message gateway stands",
    )
    agencies: dict[str, AgencyAddress] = Field(
        default_factory=dict,
        description="By the edition's key of the agency; what cannot reach one is for a person",
    )
    referral_attempts: int = Field(
        default=20, ge=1, description="After so many in vain a referral is for a person to deliver"
    )

    traces_url: str | None = Field(
        default=None,
        pattern=r"^https?://[^\s]+$",
        description="The OpenTelemetry collector that takes traces (OTLP over HTTP); without it none are made",
    )
    log_format: Literal["console", "json"] = "console"
    log_level: Literal["debug", "info", "warning", "error"] = "info"

    @property
    def keyring(self) -> Keyring:
        keys = self.encryption_keys.get_secret_value() if self.encryption_keys else None
        return Keyring.told(keys, self.encryption_keys_file, self.encryption_key)

    @property
    def texts(self) -> bool:
        return self.text_messages_url is not None

    @property
    def mail_domain(self) -> str:
        return self.smtp_sender.rpartition("@")[2]

    @property
    def mail_seal_keys(self) -> tuple[bytes, ...]:
        """By which we know our mail again when it comes back: the one of now, and those of before."""
        secrets = (self.token_secret, *self.token_secrets_before)
        return tuple(secret.get_secret_value().encode() for secret in secrets)

    @field_validator("token_secret")
    @classmethod
    def _hard_to_guess(cls, secret: SecretStr, info: ValidationInfo) -> SecretStr:
        if not info.data.get("local") and weak(secret.get_secret_value().encode()):
            raise ValueError("this secret is easy to guess. Make one: openssl rand -hex 32")
        return secret

    @field_validator("database_url", "worker_database_url", "migration_database_url")
    @classmethod
    def _without_tls(cls, url: SecretStr | None) -> SecretStr | None:
        if url and _SAYS_TLS.search(url.get_secret_value()):
            raise ValueError("leave out `ssl…` in the URL: CASEWORK_DATABASE_TLS says how it is encrypted")
        return url

    @field_validator("temporal_api_key")
    @classmethod
    def _tls_is_on(cls, key: SecretStr | None, info: ValidationInfo) -> SecretStr | None:
        told = [name for name in _NEED_TLS if info.data.get(name)] + ["temporal_api_key"] * bool(key)
        if told and not info.data.get("temporal_tls"):
            raise ValueError(f"CASEWORK_TEMPORAL_TLS=true is needed beside {_listed(told)}")
        if ("temporal_tls_certificate" in told) != ("temporal_tls_key" in told):
            raise ValueError("CASEWORK_TEMPORAL_TLS_CERTIFICATE and CASEWORK_TEMPORAL_TLS_KEY go together")
        return key

    @field_validator("encryption_keys")
    @classmethod
    def _of_use(cls, keys: SecretStr | None, info: ValidationInfo) -> SecretStr | None:
        text = keys.get_secret_value() if keys else None
        Keyring.told(text, info.data.get("encryption_keys_file"), info.data.get("encryption_key"))
        return keys

    @field_validator("text_messages_url")
    @classmethod
    def _text_messages_encrypted(cls, url: str | None, info: ValidationInfo) -> str | None:
        begins = ("https://", "http://") if info.data.get("local") else ("https://",)
        if url is not None and not url.startswith(begins):
            raise ValueError("text messages go to an address that begins with https://")
        return url

    @field_validator("text_messages_secret")
    @classmethod
    def _for_a_gateway(cls, secret: SecretStr | None, info: ValidationInfo) -> SecretStr | None:
        if secret is not None and info.data.get("text_messages_url") is None:
            raise ValueError("CASEWORK_TEXT_MESSAGES_URL is needed beside it")
        return secret

    @field_validator("report_readers")
    @classmethod
    def _by_mail(cls, readers: dict[ReportKind, tuple[str, ...]]) -> dict[ReportKind, tuple[str, ...]]:
        if astray := sorted(kind for kind, told in readers.items() if not all("@" in one for one in told)):
            raise ValueError(
                f"readers are told by e-mail, and these have an address that is none: {', '.join(astray)}"
            )
        return readers

    @field_validator("agencies")
    @classmethod
    def _encrypted(cls, agencies: dict[str, AgencyAddress], info: ValidationInfo) -> dict[str, AgencyAddress]:
        begins = ("https://", "http://") if info.data.get("webhooks_without_tls") else ("https://",)
        if astray := [key for key, one in agencies.items() if one.url and not one.url.startswith(begins)]:
            raise ValueError(f"referrals go to an address that begins with https://: {', '.join(astray)}")
        return agencies


def _listed(names: list[str]) -> str:
    return ", ".join(f"CASEWORK_{name.upper()}" for name in names)


@lru_cache
def settings() -> Settings:
    """Raises pydantic.ValidationError that names what is missing."""
    return Settings()
