"""Trains both stages of the intent classifier and tells how good they are."""

from bot.nlu.training.encoder_stage import EncoderResult, train_encoder_stage
from bot.nlu.training.linear_stage import LinearResult, active_model, is_current, train_linear
from bot.nlu.training.report import Report, write_report

__all__ = [
    "EncoderResult",
    "LinearResult",
    "Report",
    "active_model",
    "is_current",
    "train_encoder_stage",
    "train_linear",
    "write_report",
]
