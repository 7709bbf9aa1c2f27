"""Sentence encoders that the user has: texts in, vectors out. Never the default, and nothing is downloaded."""

from termalign.encoders.base import Encoder, EncoderFactory
from termalign.encoders.loading import ENCODERS, load_encoder
from termalign.encoders.vectors import Vectors

__all__ = ["ENCODERS", "Encoder", "EncoderFactory", "Vectors", "load_encoder"]
