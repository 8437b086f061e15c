"""Rounding for training: the values of QONNX's Quant and BipolarQuant going forward, a straight-through gradient going back."""

import dataclasses

import torch


class RoundStraightThrough(torch.autograd.Function):
    """Rounds to the nearest integer, halves to even; its gradient is that of the identity (Bengio et al., arXiv:1308.3432)."""

    @staticmethod
    def forward(_, x):
        return torch.round(x)

    @staticmethod
    def backward(_, gradient):
        return gradient


class SignStraightThrough(torch.autograd.Function):
    """Gives 1 for x >= 0 and -1 below; its gradient is that of the identity between -1 and 1 and zero outside."""

    @staticmethod
    def forward(context, x):
        context.save_for_backward(x)
        return 2 * (x >= 0).to(x.dtype) - 1

    @staticmethod
    def backward(context, gradient):
        (x,) = context.saved_tensors
        return gradient * (x.abs() <= 1)


@dataclasses.dataclass(frozen=True)
class Quantiser:
    """What a Quant node does: saturates and rounds to multiples of `scale`, a power of two, that `bits` bits can hold.

    A narrow signed quantiser leaves out the lowest value, so that 2 bits hold -1, 0 and 1.
    """

    bits: int
    scale: float
    signed: bool = True
    narrow: bool = False

    @property
    def lowest(self):
        return -(2 ** (self.bits - 1)) + self.narrow if self.signed else 0

    @property
    def highest(self):
        return 2 ** (self.bits - self.signed) - 1

    def __call__(self, x):
        return RoundStraightThrough.apply(torch.clamp(x / self.scale, self.lowest, self.highest)) * self.scale
