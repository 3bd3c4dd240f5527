"""Averages of model weights."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch
from click.testing import CliRunner
from safetensors.torch import load_file, save_file

from factcheck.cli.train import command
from factcheck.errors import ConfigError
from factcheck.models.loading import load
from factcheck.models.training.average import average
from factcheck.networks.packing import unpacked

from .tiny import own_model


def weights(folder: Path) -> dict[str, torch.Tensor]:
    return unpacked(load_file(folder / "model.safetensors"))


def two_models(tmp_path: Path) -> tuple[Path, Path]:
    one, two = own_model(tmp_path / "one"), own_model(tmp_path / "two")
    torch.manual_seed(1)
    save_file({name: torch.randn(tensor.shape) for name, tensor in weights(one).items()}, two / "model.safetensors")
    return one, two


def test_every_weight_is_the_average_by_shares_and_the_model_loads(tmp_path: Path) -> None:
    one, two = two_models(tmp_path)
    average({one: 0.25, two: 0.75}, tmp_path / "soup")
    first, second, made = weights(one), weights(two), weights(tmp_path / "soup")
    assert not torch.equal(first["classify.weight"], second["classify.weight"])
    for name, tensor in made.items():
        assert torch.allclose(tensor, 0.25 * first[name] + 0.75 * second[name], atol=2e-2 * float(tensor.abs().max()) + 1e-6), name
    assert load(tmp_path / "soup", self_test=False).predict([("a is here", "b is here")]).shape == (1, 3)


@pytest.mark.parametrize("shares", [(0.5, 0.6), (1.2, -0.2), (1.0, 0.0)])
def test_shares_must_be_above_nothing_and_make_one(tmp_path: Path, shares: tuple[float, float]) -> None:
    with pytest.raises(ConfigError, match="E219"):
        average(dict(zip(two_models(tmp_path), shares, strict=True)), tmp_path / "soup")


def test_the_command_averages_and_refuses_what_is_no_share(tmp_path: Path) -> None:
    one, two = two_models(tmp_path)
    run = ["average", "--out", str(tmp_path / "soup")]
    made = CliRunner().invoke(command, [*run, f"{one}=0.5", f"{two}=0.5"])
    assert (made.exit_code, made.output.strip()) == (0, str(tmp_path / "soup"))
    assert weights(tmp_path / "soup").keys() == weights(one).keys()
    refused = CliRunner().invoke(command, [*run, f"{one}=half"])
    assert refused.exit_code == 2
    assert "is no MODEL=SHARE" in refused.output


def test_models_without_an_average_are_refused(tmp_path: Path) -> None:
    one, two = two_models(tmp_path)
    # Copies: the library maps the file that is about to be overwritten.
    state = {name: tensor.clone() for name, tensor in load_file(two / "model.safetensors").items()}
    (two / "model.safetensors").write_bytes(b"none")
    with pytest.raises(ConfigError, match="E219"):
        average({one: 0.5, two: 0.5}, tmp_path / "soup")
    save_file({k: v for k, v in state.items() if k != "classify.bias"}, two / "model.safetensors")
    with pytest.raises(ConfigError, match="E219"):
        average({one: 0.5, two: 0.5}, tmp_path / "soup")
