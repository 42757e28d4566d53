"""The document detector's network, and how it is written down for the client.

A small encoder and decoder on colour pictures of about 23,000 pixels: three
maps at a quarter of the input's size (how much of a cell belongs to the
document, how near its border is, how near a corner is) and one figure for
whether there is a document at all. `vision/src/detect/network.rs` is its twin;
the order of layers in `export` is the order in which the twin reads them.
"""

from __future__ import annotations

import struct

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn

STEM, QUARTER, EIGHTH, SIXTEENTH = 16, 24, 40, 64
MAGIC = b"VDN1"


class Rounded(torch.autograd.Function):
    """Rounds forward, and lets gradients through."""

    @staticmethod
    def forward(_context, values):
        return torch.round(values)

    @staticmethod
    def backward(_context, gradient):
        return gradient


class Conv(nn.Module):
    """Convolution, normalisation, perhaps ReLU; weights as few-level integers
    when `levels` is set."""

    def __init__(self, source, target, kernel, stride=1, depthwise=False, relu=True, normalised=True):
        super().__init__()
        groups = source if depthwise else 1
        self.conv = nn.Conv2d(source, target, kernel, stride, (kernel - 1) // 2, groups=groups, bias=not normalised)
        self.norm = nn.BatchNorm2d(target) if normalised else None
        self.relu = relu
        self.levels = 0

    def folded(self):
        """Weights and biases with the normalisation folded in."""
        weight = self.conv.weight
        if self.norm is None:
            return weight, self.conv.bias
        gain = self.norm.weight / torch.sqrt(self.norm.running_var + self.norm.eps)
        return weight * gain[:, None, None, None], self.norm.bias - self.norm.running_mean * gain

    @staticmethod
    def quantised(weight, levels):
        """Integers from -levels to levels and a scale for each output channel."""
        flat = weight.detach().flatten(1)
        # The scale that loses least, of some around the largest weight.
        largest = flat.abs().amax(1, keepdim=True).clamp_min(1e-8)
        best, scale = None, None
        for shrink in (1.0, 0.9, 0.8, 0.7, 0.6):
            candidate = largest * shrink / levels
            loss = ((flat / candidate).round().clamp(-levels, levels) * candidate - flat).square().sum(1, keepdim=True)
            if best is None:
                best, scale = loss, candidate
            else:
                scale = torch.where(loss < best, candidate, scale)
                best = torch.minimum(loss, best)
        scale = scale.view(-1, 1, 1, 1)
        return Rounded.apply(weight / scale).clamp(-levels, levels), scale

    def forward(self, x):
        if self.levels:
            weight, bias = self.folded()
            whole, scale = self.quantised(weight, self.levels)
            x = F.conv2d(x, whole * scale, bias, self.conv.stride, self.conv.padding, 1, self.conv.groups)
        else:
            x = self.conv(x)
            if self.norm is not None:
                x = self.norm(x)
        return F.relu(x) if self.relu else x


class Block(nn.Module):
    """Spreads in space (5 by 5, each channel alone), then mixes channels."""

    def __init__(self, width, wide):
        super().__init__()
        self.spread = Conv(width, width, 5, depthwise=True, relu=False)
        self.widen = Conv(width, wide, 1)
        self.narrow = Conv(wide, width, 1, relu=False)

    def forward(self, x):
        return x + self.narrow(self.widen(self.spread(x)))


class Network(nn.Module):
    def __init__(self):
        super().__init__()
        self.stem = Conv(3, STEM, 3, 2)
        self.to_quarter = Conv(STEM, QUARTER, 3, 2)
        self.to_eighth = Conv(QUARTER, EIGHTH, 2, 2)
        self.eighth = nn.ModuleList([Block(EIGHTH, 80), Block(EIGHTH, 80)])
        self.to_sixteenth = Conv(EIGHTH, SIXTEENTH, 2, 2)
        self.sixteenth = nn.ModuleList([Block(SIXTEENTH, 96), Block(SIXTEENTH, 96), Block(SIXTEENTH, 96)])
        self.context = Conv(SIXTEENTH, SIXTEENTH, 1, normalised=False)
        self.presence = Conv(SIXTEENTH, 1, 1, relu=False, normalised=False)
        self.up_eighth = Conv(SIXTEENTH, EIGHTH, 1, relu=False)
        self.fuse_eighth = Block(EIGHTH, 80)
        self.up_quarter = Conv(EIGHTH, QUARTER, 1, relu=False)
        self.fuse_quarter = Block(QUARTER, 32)
        self.head = Conv(QUARTER, 3, 3, relu=False, normalised=False)

    def forward(self, x):
        quarter = self.to_quarter(self.stem(x))
        eighth = self.to_eighth(quarter)
        for block in self.eighth:
            eighth = block(eighth)
        deep = self.to_sixteenth(eighth)
        deep = self.sixteenth[0](deep)
        # What the whole picture holds, told to every place.
        deep = deep + self.context(deep.mean((2, 3), keepdim=True))
        deep = self.sixteenth[2](self.sixteenth[1](deep))
        presence = self.presence(deep.mean((2, 3), keepdim=True)).flatten()
        x = F.relu(eighth + F.interpolate(self.up_eighth(deep), scale_factor=2, mode="nearest"))
        x = self.fuse_eighth(x)
        x = F.relu(quarter + F.interpolate(self.up_quarter(x), scale_factor=2, mode="nearest"))
        x = self.fuse_quarter(x)
        return self.head(x), presence

    def layers(self):
        """Every convolution in the order in which it is written down."""
        found = [self.stem, self.to_quarter, self.to_eighth]
        for block in self.eighth:
            found += [block.spread, block.widen, block.narrow]
        found.append(self.to_sixteenth)
        for block in self.sixteenth:
            found += [block.spread, block.widen, block.narrow]
        found += [self.context, self.presence, self.up_eighth]
        found += [self.fuse_eighth.spread, self.fuse_eighth.widen, self.fuse_eighth.narrow]
        found.append(self.up_quarter)
        found += [self.fuse_quarter.spread, self.fuse_quarter.widen, self.fuse_quarter.narrow]
        found.append(self.head)
        return found

    def quantise(self, levels):
        """Trains on with weights of `2 levels + 1` values each."""
        for layer in self.layers():
            layer.levels = levels
        # Few weights that everything depends on: a byte each.
        for layer in (self.stem, self.presence, self.head):
            layer.levels = 127
        self.context.levels = 15


@torch.no_grad()
def export(network, path):
    """Writes the magic and, layer after layer: for each output channel its
    scale and bias (half precision), then the weights, a signed byte each, with
    the output channel changing fastest and then the input, x and y."""
    network.eval()
    scales, weights = bytearray(), bytearray()
    for layer in network.layers():
        weight, bias = layer.folded()
        whole, scale = Conv.quantised(weight, layer.levels or 127)
        scales += halves(scale.flatten())
        scales += halves(bias)
        values = whole.permute(2, 3, 1, 0).contiguous().flatten().to(torch.int8)
        weights += values.numpy().tobytes()
    with open(path, "wb") as file:
        file.write(MAGIC + bytes(scales) + bytes(weights))
    with open(f"{path}.check", "w", encoding="ascii") as file:
        file.write("\n".join(f"{figure:.5f}" for figure in checked(network)) + "\n")


def halves(figures):
    """Half precision with seven bits of fraction instead of ten: less than a
    two-hundredth off, where weights are rounded to a few dozen steps, and the
    zeros behind them take no room once compressed."""
    bits = np.frombuffer(struct.pack(f"<{len(figures)}e", *figures.tolist()), "<u2")
    return ((bits + 4) & 0xFFF8).astype("<u2").tobytes()


def checked(network):
    """What the network says of a pattern that its twin can draw too: presence,
    and the three maps cell by cell."""
    y, x, channel = torch.meshgrid(torch.arange(48), torch.arange(64), torch.arange(3), indexing="ij")
    pattern = ((x * 7 + y * 13 + channel * 29 + (x * y) // 40) % 64).float() / 16 - 2
    before = [layer.levels for layer in network.layers()]
    for layer in network.layers():
        layer.levels = layer.levels or 127
    maps, presence = network(pattern.permute(2, 0, 1)[None])
    for layer, levels in zip(network.layers(), before):
        layer.levels = levels
    return presence.tolist() + maps[0].permute(1, 2, 0).flatten().tolist()
