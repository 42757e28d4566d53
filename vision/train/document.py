"""Trains the document detector: `python vision/train/document.py`.

Draws pictures (`scenes.py`), trains the network (`network.py`) on them, and
writes `vision/weights/document.bin`. Two processor cores take about three hours,
in rounds that `vision/MODEL.md` lists; seeds are fixed, so that another run is as
accurate within noise. Pictures are kept in the folder given by `--cache` and
drawn once.
"""

from __future__ import annotations

import argparse
import math
import os
import pathlib
import pickle
import time

import cv2
import numpy as np
import torch
import torch.nn.functional as F

import network as networks
import scenes

HERE = pathlib.Path(__file__).resolve().parent
PICTURES_A_CHUNK = 1500
CHUNKS_A_POOL = 24
VALIDATION_SEED = 77
LEVELS = 7


def chunk(cache, index, seed=1000):
    """Pictures and corners number `index`, drawn at the first asking."""
    path = pathlib.Path(cache) / f"{index:03}.npz"
    if not path.exists():
        rng = np.random.default_rng(9000 + index)
        pool = pool_of(cache, index // CHUNKS_A_POOL)
        documents = [scenes.printed(scenes.document(rng)) for _ in range(500)]
        things = [scenes.printed(scenes.thing(rng)) for _ in range(150)]
        size = scenes.SIZES[index % len(scenes.SIZES)]
        pictures, corners = scenes.dataset(seed + index, PICTURES_A_CHUNK, pool, documents, things, size)
        partial = path.with_suffix(".partial.npz")
        np.savez(partial, p=pictures, c=corners)
        os.rename(partial, path)
    with np.load(path) as data:
        return torch.from_numpy(data["p"]), torch.from_numpy(data["c"])


def pool_of(cache, number):
    """The backgrounds that some chunks share."""
    path = pathlib.Path(cache) / f"pool-{number}.pickle"
    if not path.exists():
        path.write_bytes(pickle.dumps(scenes.backgrounds(np.random.default_rng(7 + number), 260, 700)))
    return pickle.loads(path.read_bytes())


def augmented(pictures, corners, generator):
    """Mirrored, turned, recoloured; from bytes (n, y, x, bgr) to figures
    (n, rgb, y, x) around zero."""
    x = pictures.flip(3).permute(0, 3, 1, 2).float()
    height, width = x.shape[2:]
    corners = corners.clone()
    flips = torch.rand(2, generator=generator) < 0.5
    if flips[0]:
        x, corners[..., 0] = x.flip(3), width - corners[..., 0]
    if flips[1]:
        x, corners[..., 1] = x.flip(2), height - corners[..., 1]
    if torch.rand((), generator=generator) < 0.5:
        x, corners = x.transpose(2, 3), corners.flip(2)
    n = len(x)
    uniform = lambda low, high, *shape: torch.empty(n, *shape).uniform_(low, high, generator=generator)
    grey = (x * torch.tensor([0.299, 0.587, 0.114]).view(1, 3, 1, 1)).sum(1, keepdim=True)
    saturation = uniform(-0.2, 1.2, 1, 1, 1).clamp(0, 1.1)
    x = grey + (x - grey) * saturation
    mean = x.mean((1, 2, 3), keepdim=True)
    x = (x - mean) * uniform(0.7, 1.3, 1, 1, 1) + mean * uniform(0.75, 1.25, 1, 1, 1)
    x = x * uniform(0.9, 1.1, 3, 1, 1)
    return normalised(x.clamp(0, 255)).contiguous(memory_format=torch.channels_last), corners


def normalised(x):
    return (x - 128) / 64


def truths(corners, height, width):
    """The three maps that the network should give, and whether there is a
    document."""
    present = ~torch.isnan(corners[:, 0, 0])
    corners = torch.nan_to_num(corners) / scenes.STRIDE
    rows, columns = height // scenes.STRIDE, width // scenes.STRIDE
    y = (torch.arange(rows) + 0.5).view(1, -1, 1)
    x = (torch.arange(columns) + 0.5).view(1, 1, -1)
    following = corners.roll(-1, 1)
    area = (corners[..., 0] * following[..., 1] - following[..., 0] * corners[..., 1]).sum(1)
    sign = torch.where(area < 0, -1.0, 1.0).view(-1, 1, 1)
    inside = torch.full((len(corners), rows, columns), 1e9)
    border = torch.full_like(inside, 1e9)
    corner = torch.full_like(inside, 1e9)
    for side in range(4):
        a, b = corners[:, side].view(-1, 2, 1, 1), following[:, side].view(-1, 2, 1, 1)
        d = b - a
        length = d.square().sum(1).sqrt().clamp_min(1e-6)
        across = sign * (d[:, 0] * (y - a[:, 1]) - d[:, 1] * (x - a[:, 0])) / length
        inside = torch.minimum(inside, across)
        along = ((x - a[:, 0]) * d[:, 0] + (y - a[:, 1]) * d[:, 1]) / length.square()
        along = along.clamp(0, 1)
        away = ((x - a[:, 0] - along * d[:, 0]).square() + (y - a[:, 1] - along * d[:, 1]).square()).sqrt()
        border = torch.minimum(border, away)
        corner = torch.minimum(corner, ((x - a[:, 0]).square() + (y - a[:, 1]).square()).sqrt())
    here = present.float().view(-1, 1, 1)
    maps = torch.stack(
        [
            (0.5 + inside).clamp(0, 1) * here,
            torch.exp(-border.square() / (2 * 0.7**2)) * here,
            torch.exp(-corner.square() / (2 * 1.0**2)) * here,
        ],
        1,
    )
    return maps, present.float()


def loss_of(maps, presence, target, present):
    near = 1 + 2 * target[:, 1]
    mask = (F.binary_cross_entropy_with_logits(maps[:, 0], target[:, 0], reduction="none") * near).mean()
    border = F.binary_cross_entropy_with_logits(maps[:, 1], target[:, 1])
    corner = F.binary_cross_entropy_with_logits(maps[:, 2], target[:, 2])
    share = torch.sigmoid(maps[:, 0])
    both = (share * target[:, 0]).sum((1, 2))
    either = (share + target[:, 0]).sum((1, 2)) - both
    overlap = ((1 - (both + 1) / (either + 1)) * present).mean()
    there = F.binary_cross_entropy_with_logits(presence, present)
    return mask + 0.5 * border + 1.0 * corner + 0.5 * overlap + 0.2 * there


@torch.no_grad()
def validated(network, sets):
    """Mean overlap of the maps with the truth, the share above 0.9, and how
    often presence is right."""
    network.eval()
    overlaps, rights = [], []
    for pictures, corners in sets:
        for start in range(0, len(pictures), 100):
            x = normalised(pictures[start : start + 100].flip(3).permute(0, 3, 1, 2).float())
            maps, presence = network(x.contiguous(memory_format=torch.channels_last))
            target, present = truths(corners[start : start + 100], *x.shape[2:])
            ours, theirs = maps[:, 0] > 0, target[:, 0] > 0.5
            both, either = (ours & theirs).sum((1, 2)), (ours | theirs).sum((1, 2))
            overlaps += (both[present > 0] / either[present > 0].clamp_min(1)).tolist()
            rights += ((presence > 0) == (present > 0)).tolist()
    network.train()
    overlaps = np.array(overlaps)
    return overlaps.mean(), (overlaps > 0.9).mean(), np.mean(rights)


def main():
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--cache", default="target/train")
    options.add_argument("--chunks", type=int, default=30)
    options.add_argument("--pictures", type=int, default=700_000, help="pictures looked at in all")
    options.add_argument("--resume", help="go on from this state instead of from nothing")
    options.add_argument("--rounded-from", type=float, default=0.75, help="round weights after this share of the steps")
    options.add_argument("--rate", type=float, default=3e-3, help="the highest learning rate")
    options.add_argument("--threads", type=int, default=2)
    options.add_argument("--wait", action="store_true", help="use the chunks there are; another process draws")
    options.add_argument("--output", default=str(HERE.parent / "weights" / "document.bin"))
    chosen = options.parse_args()
    torch.set_num_threads(chosen.threads)
    cv2.setNumThreads(1)
    torch.manual_seed(3)
    generator = torch.Generator().manual_seed(5)
    os.makedirs(chosen.cache, exist_ok=True)
    batch = 50
    network = networks.Network().to(memory_format=torch.channels_last)
    if chosen.resume:
        network.load_state_dict(torch.load(chosen.resume))
    print(sum(weight.numel() for weight in network.parameters()), "parameters", flush=True)
    optimiser = torch.optim.AdamW(network.parameters(), lr=chosen.rate, weight_decay=0.02)
    steps = chosen.pictures // batch
    quantised_from = int(steps * chosen.rounded_from) + 1

    def rate(step):
        if step < 200:
            return (step + 1) / 200
        return 0.5 * (1 + math.cos(math.pi * step / steps)) + 0.005

    schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, rate)
    held, validation, step, began = {}, [], 0, time.time()
    # The first chunk of each size is for validation.
    n_held_out = len(scenes.SIZES)
    running = 0.0
    while step < steps:
        known = [i for i in range(chosen.chunks) if not chosen.wait or (pathlib.Path(chosen.cache) / f"{i:03}.npz").exists()]
        for index in known:
            if index not in held:
                held[index] = chunk(chosen.cache, index)
                if index < n_held_out:
                    validation.append(tuple(part[:400] for part in held[index]))
        training = [i for i in known if i >= n_held_out]
        order = np.random.default_rng(step).permutation(training)
        # Batches of all chunks in turn, each of one size.
        plan = [(i, s) for i in order for s in range(0, PICTURES_A_CHUNK, batch)]
        np.random.default_rng(step + 1).shuffle(plan)
        shuffled = {i: torch.randperm(PICTURES_A_CHUNK, generator=generator) for i in training}
        for index, start in plan:
            pictures, corners = held[int(index)]
            chosen_pictures = shuffled[int(index)][start : start + batch]
            x, truth = augmented(pictures[chosen_pictures], corners[chosen_pictures], generator)
            target, present = truths(truth, *x.shape[2:])
            maps, presence = network(x)
            loss = loss_of(maps, presence, target, present)
            optimiser.zero_grad(set_to_none=True)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(network.parameters(), 5.0)
            optimiser.step()
            schedule.step()
            running += (loss.item() - running) * (0.01 if step > 100 else 0.1)
            step += 1
            if step == quantised_from:
                network.quantise(LEVELS)
                print("quantised from here", flush=True)
            if step % 200 == 0:
                print(f"step {step}/{steps} loss {running:.4f} chunks {len(training)} {step * batch / (time.time() - began):.0f} pictures/s", flush=True)
            if step % 1000 == 0 or step == steps:
                print("validation: overlap %.4f, above 0.9 %.4f, presence right %.4f" % validated(network, validation), flush=True)
                torch.save(network.state_dict(), pathlib.Path(chosen.cache) / "network.pt")
                networks.export(network, chosen.output)
                network.train()
            if step >= steps:
                break


if __name__ == "__main__":
    main()
