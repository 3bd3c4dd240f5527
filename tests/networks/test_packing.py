"""Weights in four bits beside those in eight: they come back, are small, and shapes that do not fit are refused."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch
from safetensors.torch import load_file
from torch import Tensor

from factcheck.networks.packing import CODE_BOOK, Groups, packed, unpacked, write_weights


def some_groups(rows: int = 6, columns: int = 256, group: int = 64) -> Groups:
    torch.manual_seed(0)
    levels = torch.randint(0, 16, (rows, columns), dtype=torch.uint8)
    return Groups(levels, (torch.randn(rows, columns // group) * 0.1).half())


def test_each_weight_is_its_levels_value_times_its_groups_scale() -> None:
    groups = some_groups()
    back = unpacked(packed({"a.weight": groups.values()}, (), {"a.weight": groups}))
    assert list(back) == ["a.weight"]
    assert back["a.weight"].dtype == torch.float32
    for row, column in ((0, 0), (0, 1), (2, 63), (2, 64), (5, 255)):
        value = CODE_BOOK[int(groups.levels[row, column])] * float(groups.scales[row, column // 64])
        assert float(back["a.weight"][row, column]) == pytest.approx(float(value))
    assert torch.equal(back["a.weight"], groups.values())


@pytest.mark.parametrize("group", [2, 32, 64, 256])
def test_the_scales_shape_tells_the_groups_size(group: int) -> None:
    groups = some_groups(group=group)
    want = CODE_BOOK[groups.levels.int()] * groups.scales.float().repeat_interleave(group, 1)
    assert torch.equal(unpacked(packed({"a.weight": want}, (), {"a.weight": groups}))["a.weight"], want)


def test_the_code_book_ascends_from_one_end_to_the_other_and_has_nothing() -> None:
    assert CODE_BOOK.tolist() == sorted(CODE_BOOK.tolist())
    assert (len(CODE_BOOK), float(CODE_BOOK[0]), float(CODE_BOOK[7]), float(CODE_BOOK[15])) == (16, -1, 0, 1)


def test_both_forms_and_whole_weights_stand_in_one_file(tmp_path: Path) -> None:
    groups = some_groups(rows=128)
    state = {"big.weight": groups.values(), "word.weight": torch.randn(40, 256), "norm.bias": torch.ones(3)}
    write_weights(state, tmp_path, ["word.weight"], {"big.weight": groups})
    stored = load_file(tmp_path / "model.safetensors")
    assert {name: tensor.dtype for name, tensor in stored.items()} == {
        "big.weight": torch.uint8,
        "big.scale": torch.float16,
        "word.weight": torch.int8,
        "word.scale": torch.float32,
        "norm.bias": torch.float16,
    }
    back = unpacked(stored)
    assert torch.equal(back["big.weight"], groups.values())
    assert torch.allclose(back["word.weight"], state["word.weight"], atol=0.03)
    assert torch.equal(back["norm.bias"], torch.ones(3))
    big = sum(stored[name].nbytes for name in ("big.weight", "big.scale"))
    assert big == 128 * 256 / 2 * (1 + 2 * 2 / 64)


SCALE = torch.ones(4, 2, dtype=torch.float16)
BYTES = torch.zeros(4, 64, dtype=torch.uint8)


@pytest.mark.parametrize(
    ("weight", "scale"),
    [
        (BYTES, None),
        (BYTES, BYTES),
        (BYTES, SCALE[:3]),
        (BYTES, SCALE[0]),
        (BYTES, SCALE[:, :, None]),
        (BYTES, SCALE[:, :0]),
        (BYTES, torch.ones(4, 3)),
        (BYTES, torch.ones(4, 256)),
        (BYTES[:, :0], SCALE),
        (BYTES[0], SCALE[0]),
        (BYTES[0, 0], SCALE[0, 0]),
        (BYTES[None], SCALE[None]),
        (BYTES.to(torch.int8), SCALE),
        (BYTES.to(torch.int8), SCALE[:3, 0]),
        (BYTES[:1].to(torch.int8), torch.ones(1).expand(10**12)),
        (BYTES.to(torch.int8), None),
        (BYTES.to(torch.int32), SCALE),
        (BYTES.to(torch.bool), SCALE[:, 0]),
        (BYTES.to(torch.complex64), SCALE),
    ],
)
def test_integers_whose_scales_do_not_fit_are_refused(weight: Tensor, scale: Tensor | None) -> None:
    stored = {"a.weight": weight} if scale is None else {"a.weight": weight, "a.scale": scale}
    with pytest.raises(ValueError, match=r"a\.weight"):
        unpacked(stored)


def test_a_matrix_without_rows_is_one_without_rows() -> None:
    assert unpacked({"a.weight": BYTES[:0], "a.scale": SCALE[:0]})["a.weight"].shape == (0, 128)
