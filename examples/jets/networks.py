"""The three nets: float, quantised, and with ternary weights and binary activations."""

import torch
from torch import nn

from quantisers import Quantiser, SignStraightThrough

NUM_FEATURES = 16
NUM_CLASSES = 5
INPUT_QUANTISER = Quantiser(bits=8, scale=2**-5)


def make_float_net(widths):
    """Returns a net of dense layers with hidden `widths` and ReLU between them; its outputs are logits."""
    sizes = (NUM_FEATURES, *widths, NUM_CLASSES)
    layers = []
    for num_inputs, num_outputs in zip(sizes[:-1], sizes[1:], strict=True):
        layers += [nn.Linear(num_inputs, num_outputs), nn.ReLU()]
    return nn.Sequential(*layers[:-1])


class QuantisedDense(nn.Module):
    """A dense layer of a mask of weights that are kept; weights and bias are quantised."""

    def __init__(self, linear, weight_quantiser, bias_quantiser):
        super().__init__()
        self.weight = nn.Parameter(linear.weight.detach().clone())
        self.bias = nn.Parameter(linear.bias.detach().clone())
        self.register_buffer("mask", torch.ones_like(self.weight))
        self.weight_quantiser = weight_quantiser
        self.bias_quantiser = bias_quantiser

    def prune(self, density):
        """Keeps the share `density` of the weights, those of the largest magnitude."""
        num_kept = max(1, round(density * self.weight.numel()))
        threshold = self.weight.detach().abs().flatten().sort(descending=True).values[num_kept - 1]
        self.mask.copy_(self.weight.detach().abs() >= threshold)

    def quantised_weight(self):
        return self.weight_quantiser(self.weight * self.mask)

    def quantised_bias(self):
        return self.bias_quantiser(self.bias)

    def forward(self, x):
        return nn.functional.linear(x, self.quantised_weight(), self.quantised_bias())


class QuantisedNet(nn.Module):
    """Dense layers with quantised inputs, weights, biases and ReLU outputs; outputs are logits."""

    def __init__(self, layers, activation_quantiser):
        super().__init__()
        self.layers = nn.ModuleList(layers)
        self.activation_quantiser = activation_quantiser

    def forward(self, x):
        x = INPUT_QUANTISER(x)
        for layer in self.layers[:-1]:
            x = self.activation_quantiser(torch.relu(layer(x)))
        return self.layers[-1](x)


class TernaryNet(nn.Module):
    """Dense layers of weights -1, 0 and 1, each but the last followed by batch normalisation and a sign; outputs are logits.

    Such weights with binary activations: H. Alemdar et al., arXiv:1609.00222.
    """

    def __init__(self, widths, hidden_quantiser, output_quantiser):
        super().__init__()
        sizes = (NUM_FEATURES, *widths, NUM_CLASSES)
        shapes = zip(sizes[1:], sizes[:-1], strict=True)
        self.weights = nn.ParameterList([nn.Parameter(torch.empty(shape).uniform_(-1, 1)) for shape in shapes])
        self.norms = nn.ModuleList([nn.BatchNorm1d(width) for width in widths])
        self.hidden_quantiser = hidden_quantiser
        self.output_quantiser = output_quantiser

    def quantised_weights(self):
        hidden = [self.hidden_quantiser(weight) for weight in self.weights[:-1]]
        return [*hidden, self.output_quantiser(self.weights[-1] * self.output_quantiser.scale)]

    def forward(self, x):
        x = INPUT_QUANTISER(x)
        *hidden, last = self.quantised_weights()
        for weight, norm in zip(hidden, self.norms, strict=True):
            x = SignStraightThrough.apply(norm(nn.functional.linear(x, weight)))
        return nn.functional.linear(x, last)
