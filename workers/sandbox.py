"""How workflows are run: in Temporal's sandbox, which is entered only to run them."""

from temporalio.api.enums.v1 import CommandType
from temporalio.bridge.proto.workflow_activation import WorkflowActivation
from temporalio.bridge.proto.workflow_completion import WorkflowActivationCompletion
from temporalio.converter import SerializationContext, StorageDriverStoreContext, WorkflowSerializationContext
from temporalio.worker import WorkflowInstance, WorkflowInstanceDetails
from temporalio.worker._command_aware_visitor import CommandInfo
from temporalio.worker.workflow_sandbox import SandboxedWorkflowRunner
from temporalio.workflow import Info

_FOR_ANOTHER = frozenset(
    {
        CommandType.COMMAND_TYPE_START_CHILD_WORKFLOW_EXECUTION,
        CommandType.COMMAND_TYPE_SIGNAL_EXTERNAL_WORKFLOW_EXECUTION,
    }
)
"""What is said to another workflow, and is encrypted for that one."""


class Runner(SandboxedWorkflowRunner):
    def create_instance(self, det: WorkflowInstanceDetails) -> WorkflowInstance:
        return _Sandboxed(super().create_instance(det), det.info)


class _Sandboxed(WorkflowInstance):
    """The SDK asks a workflow three or four times for each payload for which workflow it is, and each time enters
    the sandbox. Nearly always it is for the workflow itself, which is known out here: an activity's payloads are
    encrypted for its workflow. (ADR 47)
    """

    __slots__ = ("_inside", "_own")

    def __init__(self, inside: WorkflowInstance, info: Info) -> None:
        self._inside = inside
        self._own = WorkflowSerializationContext(namespace=info.namespace, workflow_id=info.workflow_id)

    def activate(self, act: WorkflowActivation) -> WorkflowActivationCompletion:
        return self._inside.activate(act)

    def get_serialization_context(self, command_info: CommandInfo | None) -> SerializationContext | None:
        if command_info is not None and command_info.command_type in _FOR_ANOTHER:
            return self._inside.get_serialization_context(command_info)
        return self._own

    def get_external_store_context(self, command_info: CommandInfo | None) -> StorageDriverStoreContext:  # noqa: ARG002 - the SDK gives it
        """We keep no payload outside the engine."""
        return StorageDriverStoreContext(target=None)

    def get_info(self) -> Info:
        return self._inside.get_info()

    def get_thread_id(self) -> int | None:
        return self._inside.get_thread_id()
