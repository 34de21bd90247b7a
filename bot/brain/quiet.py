"""Keep Rasa and TensorFlow from talking over us; call before importing Rasa."""

from __future__ import annotations

import logging
import os
import warnings

_NOISY = ("rasa", "tensorflow", "matplotlib", "apscheduler", "h5py", "numexpr", "absl", "dask", "sanic")


def quieten() -> None:
    """Set the environment and log levels that keep the engine quiet; only errors get through."""
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    os.environ.setdefault("RASA_TELEMETRY_ENABLED", "false")
    os.environ.setdefault("SQLALCHEMY_SILENCE_UBER_WARNING", "1")
    warnings.filterwarnings("ignore", module="(rasa|tensorflow|sklearn|pkg_resources|apscheduler|sanic|h5py|jax).*")
    for name in _NOISY:
        logging.getLogger(name).setLevel(logging.ERROR)
    from rasa.utils.log_utils import configure_structlog

    configure_structlog(logging.ERROR)
