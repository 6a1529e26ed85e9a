from tests.workflows.running import cases_here, skipping

__all__ = ["cases_here", "skipping"]
