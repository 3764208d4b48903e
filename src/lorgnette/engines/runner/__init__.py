"""The engine runner: batches and supervises everything with a model inside."""

from lorgnette.engines.health import EngineState, Health
from lorgnette.engines.runner.batch import BatchThread
from lorgnette.engines.runner.pool import ProcessPool, cores

__all__ = ["BatchThread", "EngineState", "Health", "ProcessPool", "cores"]
