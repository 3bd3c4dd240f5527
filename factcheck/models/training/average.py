"""Weight averages of several runs: a model soup (Wortsman et al. 2022, "Model soups").

Between a model before and after more training the average keeps what the first knew beside what the second learnt (Wortsman et al. 2022,
"Robust fine-tuning of zero-shot models").
"""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path

from safetensors import SafetensorError
from safetensors.torch import load_file
from torch import Tensor

from factcheck.errors import ConfigError
from factcheck.networks.files import write_manifest
from factcheck.networks.packing import unpacked, write_weights

#: What a model folder needs beside its weights; calibration and verdict weights belong to the old ones and are left behind.
_BESIDE = ("config.json", "tokenizer.json")


def average(models: Mapping[Path, float], folder: Path) -> None:
    """Write the average of ``models`` (folders and their shares) to ``folder``, with the first one's config and tokenizer.

    The runs must come from each other or from one start: weights of strangers have no average that means anything.
    Raises ConfigError E219 for shares that are not above 0 or do not make 1, and for models that cannot be read or differ in size.
    """
    if not models or min(models.values()) <= 0 or abs(sum(models.values()) - 1) > 1e-6:
        raise ConfigError("E219", "the shares of an average must be above 0 and make 1", "give MODEL=SHARE for each model")
    first = next(iter(models))
    total: dict[str, Tensor] = {}
    for source, share in models.items():
        state = _state(source)
        if total and {n: t.shape for n, t in state.items()} != {n: t.shape for n, t in total.items()}:
            raise ConfigError("E219", f"{source} and {first} have no average: their sizes differ", "average runs from one start")
        total = {name: share * tensor + total.get(name, 0.0) for name, tensor in state.items()}
    write_weights(total, folder)
    if folder.resolve() != first.resolve():
        for name in _BESIDE:
            shutil.copyfile(first / name, folder / name)
    write_manifest(folder)


def _state(folder: Path) -> dict[str, Tensor]:
    try:
        return unpacked(load_file(folder / "model.safetensors"))
    except (SafetensorError, OSError, ValueError) as err:
        raise ConfigError("E219", f"{folder}: holds no weights of a model trained here ({err})", "give model folders") from err
