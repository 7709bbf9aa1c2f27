"""Which program runs a model: told by the files of its folder."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from termalign.errors import ConfigError, DataError, MissingExtraError, Where
from termalign.registry import Entry, Registry

if TYPE_CHECKING:
    from termalign.encoders.base import Encoder, EncoderFactory

__all__ = ["ENCODERS", "load_encoder"]

ENCODERS: Registry[EncoderFactory] = Registry(
    "encoder",
    {
        "onnx": Entry("termalign.encoders.onnx:OnnxEncoder", extra="neural"),
        "sentence-transformers": Entry(
            "termalign.encoders.sentence_transformers:SentenceTransformersEncoder", extra="neural-torch"
        ),
    },
)
TORCH_FILES = (
    "modules.json",
    "config.json",
)  # a model of sentence-transformers has the first, any other of transformers the second
ONNX_FILES = ("model.onnx", "onnx/model.onnx")  # the second is where the Hugging Face hub keeps exports


def load_encoder(model: str | Path) -> Encoder:
    """Load an encoder that is on this machine.

    Args:
        model: A folder with ``model.onnx`` (or ``onnx/model.onnx``) and ``tokenizer.json``; a folder that sentence-transformers
            has written; or the name of a model that sentence-transformers has loaded on this machine before.

    Returns:
        The encoder.

    Raises:
        ConfigError: No such folder, and no model of that name on this machine.
        MissingExtraError: The packages that run such a model are not installed; the message says which extra has them.
        DataError: The folder is broken, or holds a model that is no sentence encoder.
    """
    folder = Path(model)
    if not str(model).strip():
        raise ConfigError("the name of the encoder is empty", "name the folder of a model")
    if folder.is_file():
        raise ConfigError(f"the encoder {str(model)!r} is a file", f"name the folder of the model: {folder.parent}")
    kind = "onnx" if any((folder / name).is_file() for name in ONNX_FILES) else "sentence-transformers"
    if kind != "onnx" and not folder.is_dir() and (folder.is_absolute() or str(model).startswith((".", "~"))):
        raise ConfigError(f"there is no encoder {str(model)!r}", "name the folder of a model that is on this machine")
    if kind != "onnx" and folder.is_dir() and not any((folder / name).is_file() for name in TORCH_FILES):
        raise DataError(
            "holds no sentence encoder",
            Where(file=str(model)),
            "name a folder with model.onnx and tokenizer.json, or one that sentence-transformers wrote",
        )
    try:
        factory = ENCODERS.get(kind)
    except MissingExtraError as exc:
        if folder.is_dir():
            raise
        raise MissingExtraError(
            f"there is no folder {str(model)!r}; as the name of a model it needs sentence-transformers", exc.fix
        ) from exc
    return factory(str(model))
