"""Rounding to four bits: the nearest values without inputs, with them the least change of the products."""

from __future__ import annotations

import pytest
import torch
from torch import Tensor

from factcheck.networks.packing import CODE_BOOK
from factcheck.networks.rounding import rounded


def correlated(inputs: int, features: int) -> Tensor:
    """Inputs as a layer's are: a few directions that many features share, and a few features much larger than the rest."""
    torch.manual_seed(1)
    x = torch.randn(inputs, features // 8) @ torch.randn(features // 8, features) + 0.3 * torch.randn(inputs, features)
    x[:, ::37] *= 10
    return x


def change(weight: Tensor, back: Tensor, inputs: Tensor) -> float:
    """The share of the products' squared size that rounding changed."""
    return float((inputs @ (weight - back).T).square().sum() / (inputs @ weight.T).square().sum())


def test_without_inputs_no_level_lies_nearer_than_the_chosen_one() -> None:
    torch.manual_seed(0)
    weight = torch.randn(5, 192) * torch.tensor([1e-3, 0.02, 1, 1, 40])[:, None]
    groups = rounded(weight)
    assert (groups.levels.dtype, groups.scales.dtype) == (torch.uint8, torch.float16)
    assert (groups.levels.shape, groups.scales.shape) == ((5, 192), (5, 6))
    scales = groups.scales.float().repeat_interleave(32, 1)
    nearest = (weight[:, :, None] - CODE_BOOK * scales[:, :, None]).abs().amin(2)
    assert torch.allclose((weight - groups.values()).abs(), nearest, rtol=1e-4, atol=1e-7)
    error = (weight - groups.values()).square().sum(1) / weight.square().sum(1)
    assert float(error.max()) < 0.01


def test_scales_are_searched_not_taken_from_the_largest_weight() -> None:
    torch.manual_seed(0)
    weight = torch.randn(200, 64)
    largest = weight.abs().amax(1, keepdim=True)
    plain = CODE_BOOK[(weight[:, :, None] - CODE_BOOK * largest[:, :, None]).abs().argmin(2)] * largest
    ratio = (weight - rounded(weight).values()).square().sum() / (weight - plain).square().sum()
    assert float(ratio) < 0.85


def test_smaller_groups_are_closer() -> None:
    torch.manual_seed(0)
    weight = torch.randn(50, 256)
    errors = [float((weight - rounded(weight, group=group).values()).square().sum()) for group in (16, 32, 64, 128, 256)]
    assert errors == sorted(errors)


@pytest.mark.parametrize("group", [32, 64, 256])
def test_products_change_less_than_by_rounding_to_the_nearest(group: int) -> None:
    """Measured on inputs that the rounding has not seen."""
    x = correlated(3000, 512)
    torch.manual_seed(2)
    weight = torch.randn(96, 512) * 0.05
    seen, unseen = x[:2000], x[2000:]
    found = change(weight, rounded(weight, seen.T @ seen, group=group).values(), unseen)
    nearest = change(weight, rounded(weight, group=group).values(), unseen)
    assert found < 0.5 * nearest


def test_few_inputs_do_no_harm() -> None:
    """Fewer inputs than columns say nothing of most directions."""
    x = correlated(1100, 512)
    torch.manual_seed(2)
    weight = torch.randn(96, 512) * 0.05
    found = rounded(weight, x[:100].T @ x[:100]).values()
    assert change(weight, found, x[100:]) < change(weight, rounded(weight).values(), x[100:])


def test_features_that_are_never_there_and_weights_that_are_nothing_round_too() -> None:
    x = correlated(500, 128)
    x[:, 5:70] = 0
    weight = torch.randn(8, 128)
    weight[3] = 0
    back = rounded(weight, x.T @ x).values()
    assert torch.isfinite(back).all()
    assert torch.equal(back[3], torch.zeros(128))
    assert change(weight, back, x) < 0.05
    nothing = rounded(weight, torch.zeros(128, 128))
    assert torch.equal(nothing.levels, rounded(weight).levels)


def test_the_weights_given_are_left_as_they_are_and_the_result_is_always_the_same() -> None:
    x = correlated(300, 128)
    weight = torch.randn(8, 128)
    before, moments = weight.clone(), x.T @ x
    one, two = rounded(weight, moments), rounded(weight, moments)
    assert torch.equal(weight, before)
    assert torch.equal(moments, x.T @ x)
    assert torch.equal(one.levels, two.levels)


@pytest.mark.parametrize(("columns", "group"), [(100, 64), (32, 64), (9, 3)])
def test_columns_that_do_not_divide_into_groups_are_refused(columns: int, group: int) -> None:
    with pytest.raises(ValueError, match=str(columns)):
        rounded(torch.zeros(2, columns), group=group)
