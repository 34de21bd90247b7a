"""The second-stage intent classifier: a small multilingual encoder, fine-tuned on our messages.

Importing this package loads neither TensorFlow nor onnxruntime: training and serving load what they need.
"""

from bot.nlu.encoder.folder import EncoderReport, Manifest
from bot.nlu.encoder.progress import EncoderProgress
from bot.nlu.encoder.serve import EncoderClassifier
from bot.nlu.encoder.training import available, train_encoder

__all__ = ["EncoderClassifier", "EncoderProgress", "EncoderReport", "Manifest", "available", "train_encoder"]
