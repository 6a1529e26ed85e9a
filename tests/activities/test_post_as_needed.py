"""Letters go as their reader needs them. (needs-met, section 6)"""

from temporalio.testing import ActivityEnvironment

from activities.post import Letter
from policy.duties import Outcome
from runtime.embedded.processes import free_port
from tests.activities.conftest import MakePost
from tests.gateways.mail_servers import Postbox, behaving


def as_needed(letter: Letter, **needs: bool) -> Letter:
    return letter.model_copy(update={"duty": letter.duty.model_copy(update=needs)})


async def test_a_plain_e_mail_has_nothing_attached(post: MakePost, letter: Letter) -> None:
    postbox = Postbox()
    async with behaving(postbox) as port:
        outcome = await ActivityEnvironment().run(post(port).send, as_needed(letter, plain_text=True))
    assert outcome is Outcome.SENT
    assert list(postbox.only().iter_attachments()) == []


async def test_what_a_person_must_translate_or_copy_does_not_go_by_itself(post: MakePost, letter: Letter) -> None:
    outcome = await ActivityEnvironment().run(post(free_port()).send, as_needed(letter, by_hand=True))
    assert outcome is Outcome.READY_TO_POST
