"""Which build a worker is: what runs stays with its build until it begins a new run. (docs/runbooks/deploy.md)"""

from temporalio.common import VersioningBehavior, WorkerDeploymentVersion
from temporalio.worker import WorkerDeploymentConfig

from runtime.settings import Settings


def deployment(wanted: Settings) -> WorkerDeploymentConfig | None:
    """For every worker, whatever its task queue. None where no build is named."""
    if wanted.build_id is None:
        return None
    return WorkerDeploymentConfig(
        version=WorkerDeploymentVersion(deployment_name=wanted.deployment, build_id=wanted.build_id),
        use_worker_versioning=True,
        default_versioning_behavior=VersioningBehavior.PINNED,
    )
