"""A worker: carries on cases and does what they ask for. Any number may run; any of them may die."""

import os
from collections.abc import Callable, Collection, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, time, timedelta
from functools import partial
from typing import Any, Final

from temporalio.activity import _Definition
from temporalio.client import Client
from temporalio.converter import DataConverter
from temporalio.worker import Interceptor, PollerBehaviorAutoscaling, Replayer, Worker
from temporalio.worker.workflow_sandbox import SandboxRestrictions

from activities.counting import Counting
from activities.night import Night
from activities.noticing import Noticer
from activities.packing import Packer
from activities.post import Post
from activities.referrals import Address, Refer
from activities.register import Register
from activities.reporting import Reporter
from activities.retention import Keeper
from activities.trying_editions import Simulator
from gateways.evidence_files import opened
from gateways.mail import Encryption, Mail, Mailbox, SmtpMail
from gateways.text_message import HttpTextMessages, TextMessages
from gateways.webhook import HttpWebhook, Receiver
from letters.landlord import contacts_of, letterhead_of
from letters.report_cover import check_cover
from letters.statement import check_published
from letters.wordings import check_all_wordings
from policy.editions import refuse_changed_editions
from policy.editions.agencies import AgencyChannel
from policy.working_days import LONDON
from runtime.settings import AgencyAddress, Settings
from runtime.tokens import issue_link, private_address
from store.sessions import Store
from workers.crew import Crew
from workers.naming import NamedLines
from workers.sandbox import Runner
from workers.versions import deployment
from workflows.by_the_clock import ByTheClock
from workflows.case import CaseWorkflow
from workflows.case_review import CaseReviewWorkflow
from workflows.guard import Guard
from workflows.handing_on import HandingOn
from workflows.legal_action import LegalActionWorkflow
from workflows.nightly_audit import NightlyAudit
from workflows.nightly_count import NightlyCount
from workflows.noticing import Noticing
from workflows.packing import PackingWorkflow
from workflows.referral import ReferralWorkflow
from workflows.reporting import ReportWorkflow
from workflows.retention import Retention
from workflows.scheduled_report import ScheduledReport
from workflows.trying_editions import SimulationWorkflow
from workflows.work import WORK_OF, Sorting, Work, queue_of

PASSED_THROUGH: Final = ("policy", "activities", "workflows")
"""Imported once instead of once per case. They hold no state, and ruff keeps clocks and chance out of them."""

WORKFLOWS: Final = (
    CaseWorkflow,
    LegalActionWorkflow,
    ReferralWorkflow,
    CaseReviewWorkflow,
    NightlyAudit,
    NightlyCount,
    Noticing,
    PackingWorkflow,
    ReportWorkflow,
    SimulationWorkflow,
    Retention,
    ScheduledReport,
)

WORKFLOW_THREADS: Final = 16
"""For workflow code, of which one piece runs at a time. The SDK would start one for each run that is let go, up to
500: in a deploy many end at once.
"""

SMTP_SECONDS: Final = 30.0
"""Well under the time that a case gives a letter, so that what came of it is always written down."""

WEBHOOK_SECONDS: Final = 30.0
"""As above, of a referral to an agency's own system."""


TEXT_SECONDS: Final = 30.0
"""As above, of a text message."""


def runner() -> Runner:
    return Runner(SandboxRestrictions.default.with_passthrough_modules(*PASSED_THROUGH))


def replayer(converter: DataConverter, workflows: Sequence[type] = WORKFLOWS, *also: Interceptor) -> Replayer:
    """Runs histories again as a worker would whose client has this converter."""
    return Replayer(
        workflows=workflows,
        workflow_runner=runner(),
        data_converter=converter,
        interceptors=[Guard(), Sorting(), *also],
    )


def make_worker(  # noqa: PLR0913, PLR0917 - where everything is plugged in
    client: Client,
    wanted: Settings,
    store: Store,
    mail: Mail | None = None,
    texts: TextMessages | None = None,
    only: Collection[Work] = tuple(Work),
) -> Crew:
    """Raises EditionUnknown when a released edition has been changed, ValueError when a secret is missing."""
    refuse_changed_editions()
    check_all_wordings()
    check_published()
    check_cover()
    register = Register(store)
    keeper = Keeper(store, opened(wanted.evidence_url, **wanted.evidence_access))
    packer = Packer(store, wanted.landlord_name)
    simulator = Simulator(store, max(1, (os.cpu_count() or 1) - 1))
    noticer = Noticer(store, wanted.closure_days)
    mail = mail or _smtp(wanted)
    post = Post(
        store,
        mail,
        mail_domain=wanted.mail_domain,
        letterhead=letterhead_of(wanted),
        contacts=contacts_of(wanted),
        texts=texts or texts_of(wanted),
        link=partial(private_address, wanted),
        link_lasts=timedelta(days=wanted.private_link_days),
    )
    reporter = Reporter(
        store,
        mail,
        mail_domain=wanted.mail_domain,
        letterhead=letterhead_of(wanted),
        link=f"{wanted.public_url.rstrip('/')}/figures/{{}}".format,
        readers=wanted.report_readers,
        homes=wanted.landlord_homes,
    )
    activities = _by_work(
        register.enter,
        register.enter_beside,
        post.send,
        _refer(wanted, store, mail).send,
        Night(store).look,
        Counting(store).count_some,
        packer.make,
        packer.give_up,
        noticer.inspections,
        noticer.policy_review,
        noticer.focus_areas,
        reporter.ask,
        reporter.make,
        reporter.give_up,
        reporter.send,
        simulator.simulate,
        simulator.give_up_simulating,
        keeper.propose,
        keeper.erase,
    )

    handing_on = [HandingOn()] if wanted.traces_url else []
    interceptors = [Guard(), Sorting(), ByTheClock(), NamedLines(), *handing_on]
    threads = ThreadPoolExecutor(WORKFLOW_THREADS, thread_name_prefix="workflow")

    def hired(work: Work) -> Worker:
        at_once = wanted.at_once[work]
        return Worker(
            client,
            task_queue=queue_of(work, wanted.task_queue),
            workflows=WORKFLOWS if work is Work.CASES else (),
            activities=activities[work],
            interceptors=interceptors,
            workflow_runner=runner(),
            workflow_task_executor=threads,
            deployment_config=deployment(wanted),
            max_cached_workflows=wanted.max_cached_cases,
            max_concurrent_activities=at_once,
            workflow_task_poller_behavior=_polling(wanted.pollers),
            activity_task_poller_behavior=_polling(min(wanted.pollers, at_once)),
            sticky_queue_schedule_to_start_timeout=timedelta(seconds=2),
            graceful_shutdown_timeout=timedelta(seconds=wanted.graceful_shutdown_seconds),
        )

    return Crew([partial(hired, work) for work in only])


def _polling(at_most: int) -> PollerBehaviorAutoscaling:
    return PollerBehaviorAutoscaling(minimum=1, initial=min(5, at_most), maximum=at_most)


def _by_work(*activities: Callable[..., Any]) -> dict[Work, list[Callable[..., Any]]]:
    """Raises KeyError for one of no kind. Who serves cases takes all that is put into their queue: that may be
    anything which was asked for when there was no other.
    """
    found = {work: list[Callable[..., Any]]() for work in Work}
    for one in activities:
        name = _Definition.must_from_callable(one).name or ""
        found[WORK_OF[name]].append(one)
    return found | {Work.CASES: list(activities)}


def private_link(wanted: Settings) -> Callable[[str, str, date, AgencyChannel], str]:
    """How the private link of a referral and its agency is made, which works until the end of a day in London. A
    person reads a mail and answers on a page; a system answers as systems do.
    """

    def link(ref: str, agency: str, last_day: date, channel: AgencyChannel) -> str:
        until = datetime.combine(last_day + timedelta(days=1), time(), LONDON)
        where = "api/answers" if channel is AgencyChannel.WEBHOOK else "answer"
        return f"{wanted.public_url.rstrip('/')}/{where}/{issue_link(wanted, ref, agency, until)}"

    return link


def _refer(wanted: Settings, store: Store, mail: Mail) -> Refer:
    return Refer(
        store,
        mail,
        HttpWebhook(
            WEBHOOK_SECONDS,
            without_tls=wanted.webhooks_without_tls,
            private=wanted.webhooks_to_private_addresses,
        ),
        addresses={key: _address(one) for key, one in wanted.agencies.items()},
        mail_domain=wanted.mail_domain,
        letterhead=letterhead_of(wanted),
        contacts=contacts_of(wanted),
        link=private_link(wanted),
        attempts=wanted.referral_attempts,
    )


def _address(of: AgencyAddress) -> Address:
    if of.url is not None and of.secret is not None:
        return Receiver(of.url, of.secret.get_secret_value())
    return Mailbox(name=of.name, address=of.email or "")


class TextMessagesSecretMissing(ValueError):
    """The settings name a gateway of text messages and no secret for it."""


def texts_of(wanted: Settings) -> HttpTextMessages | None:
    """None where none are sent. Raises TextMessagesSecretMissing."""
    url, secret = wanted.text_messages_url, wanted.text_messages_secret
    if url is None:
        return None
    if secret is None:
        raise TextMessagesSecretMissing(
            "CASEWORK_TEXT_MESSAGES_SECRET: a worker needs it beside CASEWORK_TEXT_MESSAGES_URL"
        )
    return HttpTextMessages(
        TEXT_SECONDS,
        without_tls=wanted.local,
        private=wanted.webhooks_to_private_addresses,
        url=url,
        secret=secret.get_secret_value(),
    )


def _smtp(wanted: Settings) -> SmtpMail:
    return SmtpMail(
        host=wanted.smtp_host,
        port=wanted.smtp_port,
        sender=Mailbox(name=wanted.landlord_name, address=wanted.smtp_sender),
        encryption=Encryption(wanted.smtp_encryption),
        timeout=SMTP_SECONDS,
        reply_to=Mailbox(name=wanted.landlord_name, address=wanted.landlord_email),
        username=wanted.smtp_username,
        password=wanted.smtp_password.get_secret_value() if wanted.smtp_password else None,
        ca=wanted.smtp_tls_ca,
        seal_key=wanted.mail_seal_keys[0],
    )
