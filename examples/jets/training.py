"""Training with gradual pruning, and the accuracy of a net."""

import dataclasses

import torch
from torch import nn

from progress import show_progress


@dataclasses.dataclass(frozen=True)
class Recipe:
    """How a net is trained: Adam, its rate falling to zero as a cosine.

    `densities` are the shares of the weights that the layers keep (none: no pruning). The pruned share grows during the first
    half of the epochs, fast and then slow: 1 - (1 - t)^3 (M. Zhu and S. Gupta, arXiv:1710.01878). `weight_penalty` times the sum of
    the weights' magnitudes is added to the loss; it drives weights to zero.
    """

    epochs: int
    rate: float
    batch: int = 512
    densities: tuple[float, ...] = ()
    weight_penalty: float = 0.0


def prune(net, recipe, epoch):
    """Prunes the layers of `net` to what `recipe` asks for at `epoch`."""
    t = min(1.0, 2 * epoch / recipe.epochs)
    for layer, density in zip(net.layers, recipe.densities, strict=True):
        layer.prune(1 - (1 - density) * (1 - (1 - t) ** 3))


def loss_of(net, features, labels, recipe):
    """Returns the cross entropy of a batch, plus the penalty of `recipe` on the weights."""
    loss = nn.functional.cross_entropy(net(features), labels)
    if recipe.weight_penalty:
        loss = loss + recipe.weight_penalty * sum(weight.abs().sum() for weight in net.weights)
    return loss


def train(net, data, recipe, name, seed):
    """Trains `net` on `data` (features, labels); the order of the jets comes from `seed`, `name` is for the progress bar."""
    features, labels = data
    generator = torch.Generator().manual_seed(seed)
    optimiser = torch.optim.Adam(net.parameters(), recipe.rate)
    num_batches = len(features) // recipe.batch
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimiser, recipe.epochs * num_batches)
    net.train()
    for epoch in range(recipe.epochs):
        if recipe.densities and 2 * epoch <= recipe.epochs + 1:
            prune(net, recipe, epoch)
        order = torch.randperm(len(features), generator=generator)
        for batch in order[: num_batches * recipe.batch].view(num_batches, recipe.batch):
            optimiser.zero_grad(set_to_none=True)
            loss_of(net, features[batch], labels[batch], recipe).backward()
            optimiser.step()
            schedule.step()
        show_progress(name, epoch + 1, recipe.epochs)
    net.eval()


def accuracy(outputs, labels):
    """Returns the share of rows of `outputs` whose largest entry is that of the label."""
    return float((torch.as_tensor(outputs).argmax(dim=1) == torch.as_tensor(labels)).double().mean())
