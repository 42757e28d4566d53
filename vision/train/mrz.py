"""Trains the machine-readable zone reader and writes `vision/weights/mrz.bin`.

    python vision/train/mrz.py

Needs `requirements.txt` and the Debian package fonts-ocr-b. One core, about
half an hour. Seeds are fixed; the weights come out the same within what the
numerics library promises, the accuracy within noise.
"""

import argparse
import pathlib
import time

import cv2
import numpy as np
import torch
from torch import nn
from torch.nn import functional

import mrz_strips
from mrz_strips import ALPHABET, BLANK, IGNORED

CLASSES = len(ALPHABET) + 1
# Channels of the three hidden layers; multiples of the SIMD width.
CHANNELS = (16, 24, 32)
# Largest magnitude of a quantised weight.
LEVELS = 31
WEIGHTS = pathlib.Path(__file__).parent.parent / "weights" / "mrz.bin"


def rounded(weight):
    """Weights on their grid, per output channel, and the codes for the file.

    A scale is a power of two in sixteenths, so that a byte holds it.
    """
    largest = weight.abs().flatten(1).max(1).values.clamp(min=1e-4)
    code = torch.floor(-16 * torch.log2(largest / LEVELS)).clamp(0, 255)
    scale = torch.exp2(-code / 16)
    shape = (-1,) + (1,) * (weight.dim() - 1)
    whole = torch.round(weight / scale.view(shape)).clamp(-LEVELS, LEVELS)
    return whole, code, whole * scale.view(shape)


class Reader(nn.Module):
    def __init__(self):
        super().__init__()
        first, second, third = CHANNELS
        self.layers = nn.ModuleList(
            [
                nn.Conv2d(1, first, 5, stride=2, padding=2),
                nn.Conv2d(first, second, 3, stride=2, padding=1),
                nn.Conv2d(second, third, (6, 3), padding=(0, 1)),
                nn.Conv2d(third, CLASSES, (1, 3), padding=(0, 1)),
            ]
        )
        self.quantised = False

    def forward(self, strips):
        x = strips
        for layer in self.layers:
            weight = layer.weight
            if self.quantised:
                weight = weight + (rounded(weight.detach())[2] - weight.detach())
            x = functional.conv2d(x, weight, layer.bias, layer.stride, layer.padding)
            if layer is not self.layers[-1]:
                x = functional.relu(x)
        return x[:, :, 0, :]


def losses(logits, labels):
    weight = torch.ones(CLASSES)
    weight[BLANK] = 0.4
    return functional.cross_entropy(
        logits, labels, weight=weight, ignore_index=IGNORED, label_smoothing=0.01
    )


def accuracy(reader, pictures, labels):
    """Share of right columns on characters, and of right blanks."""
    right, blank = [], []
    with torch.no_grad():
        for start in range(0, len(pictures), 256):
            seen = reader(pictures[start : start + 256].float()[:, None]).argmax(1)
            truth = labels[start : start + 256]
            letters = (truth != IGNORED) & (truth != BLANK)
            right.append((seen == truth)[letters])
            blank.append((seen == truth)[truth == BLANK])
    return torch.cat(right).float().mean().item(), torch.cat(blank).float().mean().item()


def written(reader):
    """The weights as the reader expects them.

    For each layer: a scale code per output channel, a bias per output channel
    (two bytes, in 1/1024), then the weights, ordered row, column, input
    channel, output channel.
    """
    data = bytearray()
    for layer in reader.layers:
        whole, code, _ = rounded(layer.weight.detach())
        data += code.numpy().astype(np.uint8).tobytes()
        bias = torch.round(layer.bias.detach() * 1024).clamp(-32768, 32767)
        data += bias.numpy().astype("<i2").tobytes()
        data += whole.permute(2, 3, 1, 0).contiguous().numpy().astype(np.int8).tobytes()
    return bytes(data)


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--strips", type=int, default=24000)
    arguments.add_argument("--epochs", type=int, default=24)
    arguments.add_argument("--out", type=pathlib.Path, default=WEIGHTS)
    options = arguments.parse_args()
    torch.manual_seed(1)
    torch.set_num_threads(1)
    cv2.setNumThreads(1)
    begun = time.time()
    pictures, labels = mrz_strips.strips(1, options.strips)
    pictures, labels = torch.from_numpy(pictures), torch.from_numpy(labels)
    held_out = [torch.from_numpy(it) for it in mrz_strips.strips(2, 1000)]
    print(f"drawn in {time.time() - begun:.0f} s", flush=True)
    reader = Reader()
    print(f"{sum(it.numel() for it in reader.parameters())} parameters")
    optimiser = torch.optim.AdamW(reader.parameters(), lr=3e-3, weight_decay=1e-4)
    batch = 64
    steps = options.epochs * (len(pictures) // batch)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, 4e-3, steps, pct_start=0.1)
    shuffle = torch.Generator().manual_seed(3)
    for epoch in range(options.epochs):
        # The last third learns with the weights that the file will hold.
        reader.quantised = epoch >= options.epochs * 2 // 3
        order = torch.randperm(len(pictures), generator=shuffle)
        total = 0.0
        for start in range(0, len(order) - batch + 1, batch):
            chosen = order[start : start + batch]
            loss = losses(reader(pictures[chosen].float()[:, None]), labels[chosen])
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            schedule.step()
            total += loss.item()
        right, blank = accuracy(reader, *held_out)
        print(
            f"epoch {epoch}: loss {total * batch / len(order):.4f}, held out: "
            f"characters {right:.4f}, blanks {blank:.4f}, {time.time() - begun:.0f} s",
            flush=True,
        )
        options.out.write_bytes(written(reader))


if __name__ == "__main__":
    main()
