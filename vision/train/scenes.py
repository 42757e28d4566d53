"""Draws the pictures that the document detector is trained on.

A picture is a document that we draw (cards, data pages, sheets, receipts), seen
in perspective on a background, with light, shadow, glare, fingers, blur, noise
and JPEG artefacts. Its truth is the quadrilateral of the whole document, also
where a finger covers it or the frame cuts it off.

Backgrounds are patterns of our own and, where the Debian packages named in
`vision/MODEL.md` are installed, crops of their wallpapers and textures.

Everything is drawn at twice the network's input size and reduced by area, as
the client does with a camera frame.
"""

from __future__ import annotations

import glob
import math
import os

import cv2
import numpy as np
from PIL import Image, ImageDraw, ImageFont

# Input sizes as (width, height); portrait ones come from transposing.
SIZES = [(208, 112), (176, 128), (160, 160)]
STRIDE = 4

FONTS = [
    "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf",
    "/usr/share/fonts/truetype/dejavu/DejaVuSansMono.ttf",
    "/usr/share/fonts/truetype/dejavu/DejaVuSans-Bold.ttf",
    "/usr/share/fonts/truetype/liberation/LiberationSans-Regular.ttf",
    "/usr/share/fonts/truetype/liberation/LiberationSerif-Regular.ttf",
    "/usr/share/fonts/truetype/liberation/LiberationSerif-Italic.ttf",
    "/usr/share/fonts/truetype/lato/Lato-Regular.ttf",
    "/usr/share/fonts/truetype/open-sans/OpenSans-Regular.ttf",
]
PICTURE_FOLDERS = [
    "/usr/share/wallpapers",
    "/usr/share/backgrounds",
    "/usr/share/games/supertuxkart/data/textures",
    "/usr/share/games/supertuxkart/data/tracks",
    "/usr/share/games/supertuxkart/data/library",
    "/usr/share/games/trigger-rally",
    "/usr/share/games/warzone2100",
]


def smooth_noise(rng, height, width, cells, octaves=3):
    """Value noise from 0 to 1."""
    out = np.zeros((height, width), np.float32)
    weight, total = 1.0, 0.0
    for octave in range(octaves):
        n = max(2, int(cells * 2**octave))
        grid = rng.random((max(2, n * height // max(width, 1) + 1), n + 1)).astype(np.float32)
        out += weight * cv2.resize(grid, (width, height), interpolation=cv2.INTER_CUBIC)
        total += weight
        weight *= 0.5
    return np.clip(out / total, 0, 1)


def colour(rng, low=0, high=255):
    return rng.uniform(low, high, 3).astype(np.float32)


def blend(low, high, amount):
    return low[None, None] * (1 - amount[..., None]) + high[None, None] * amount[..., None]


# ---------------------------------------------------------------- backgrounds


def wood(rng, h, w):
    base = np.array([rng.uniform(20, 130), rng.uniform(60, 170), rng.uniform(90, 220)], np.float32)
    if rng.random() < 0.3:
        base = np.full(3, base.mean(), np.float32)
    y, x = np.mgrid[0:h, 0:w].astype(np.float32) / w
    warp = smooth_noise(rng, h, w, 3) * rng.uniform(0.05, 0.5)
    rings = np.sin((y * rng.uniform(10, 60) + warp * 40 + x * rng.uniform(0, 3)) * 2)
    fine = smooth_noise(rng, h, w, 60, 2)
    amount = 0.5 + 0.3 * rings * rng.uniform(0.2, 1) + 0.3 * (fine - 0.5)
    picture = base * (0.6 + 0.6 * amount[..., None])
    if rng.random() < 0.6:
        step = int(rng.uniform(0.08, 0.4) * h)
        for line in range(int(rng.integers(0, step)), h, step):
            picture[line : line + 2] *= rng.uniform(0.3, 0.8)
    return picture


def fabric(rng, h, w):
    one, two = colour(rng), colour(rng)
    if rng.random() < 0.5:
        two = one + rng.normal(0, 18, 3)
    y, x = np.mgrid[0:h, 0:w].astype(np.float32)
    period = rng.uniform(2.5, 14)
    weave = 0.5 + 0.25 * np.sin(2 * np.pi * x / period) + 0.25 * np.sin(2 * np.pi * y / period)
    folds = smooth_noise(rng, h, w, rng.uniform(2, 6))
    return blend(one, two, weave) * (0.7 + 0.6 * folds[..., None])


def marble(rng, h, w):
    one, two = colour(rng, 90, 255), colour(rng, 0, 255)
    veins = np.abs(smooth_noise(rng, h, w, 4, 5) - 0.5) * 2
    return blend(two, one, np.clip(veins * rng.uniform(2, 6), 0, 1))


def tiles(rng, h, w):
    one, two = colour(rng), colour(rng)
    y, x = np.mgrid[0:h, 0:w]
    side = int(rng.uniform(0.04, 0.35) * w)
    other = side if rng.random() < 0.5 else int(side * rng.uniform(0.4, 2.5)) + 2
    picture = np.empty((h, w, 3), np.float32)
    picture[:] = one
    if rng.random() < 0.5:
        picture[((x // side + y // other) % 2) == 0] = two
    grout = max(1, int(side * rng.uniform(0.01, 0.06)))
    picture[(x % side < grout) | (y % other < grout)] = colour(rng)
    return picture + 20 * (smooth_noise(rng, h, w, 30) - 0.5)[..., None]


def plain(rng, h, w):
    picture = np.empty((h, w, 3), np.float32)
    picture[:] = colour(rng) if rng.random() < 0.6 else np.full(3, rng.uniform(5, 250))
    return picture + rng.uniform(0, 30) * (smooth_noise(rng, h, w, rng.uniform(2, 80)) - 0.5)[..., None]


def speckle(rng, h, w):
    one, two = colour(rng), colour(rng)
    return blend(one, two, (smooth_noise(rng, h, w, rng.uniform(20, 120), 3) > rng.uniform(0.4, 0.65)).astype(np.float32))


def stripes(rng, h, w):
    y, x = np.mgrid[0:h, 0:w].astype(np.float32)
    angle = rng.uniform(0, math.pi)
    period = rng.uniform(0.02, 0.25) * w
    amount = (np.sin(2 * np.pi * (x * math.cos(angle) + y * math.sin(angle)) / period) > rng.uniform(-0.9, 0.9)).astype(np.float32)
    return blend(colour(rng), colour(rng), amount)


def keyboard(rng, h, w):
    picture = np.empty((h, w, 3), np.float32)
    picture[:] = colour(rng, 0, 255)
    key = int(rng.uniform(0.04, 0.09) * w)
    gap = max(2, key // 6)
    keys = colour(rng, 0, 255)
    for row, top in enumerate(range(0, h, key + gap)):
        left = -(row * key // 3) % key - key
        while left < w:
            width = key * int(rng.choice([1, 1, 1, 1, 2, 5], p=[0.2, 0.2, 0.2, 0.2, 0.15, 0.05]))
            cv2.rectangle(picture, (left, top), (left + width, top + key), keys.tolist(), -1)
            cv2.circle(picture, (left + key // 2, top + key // 2), max(1, key // 8), colour(rng).tolist(), -1)
            left += width + gap
    return picture


PATTERNS = [wood, wood, wood, fabric, fabric, marble, tiles, plain, plain, plain, speckle, stripes, keyboard]


def picture_files():
    found = []
    for folder in PICTURE_FOLDERS:
        for pattern in ("jpg", "jpeg", "png", "webp"):
            found += glob.glob(f"{folder}/**/*.{pattern}", recursive=True)
    return sorted(path for path in found if os.path.getsize(path) > 20_000)


def backgrounds(rng, n_patterns, n_pictures):
    """A pool of backgrounds of 700 pixels on the longer side."""
    pool = [np.clip(PATTERNS[i % len(PATTERNS)](rng, 520, 700), 0, 255).astype(np.uint8) for i in range(n_patterns)]
    files = picture_files()
    if files:
        for index in rng.permutation(len(files))[:n_pictures]:
            picture = cv2.imread(files[index], cv2.IMREAD_COLOR | cv2.IMREAD_REDUCED_COLOR_2 if os.path.getsize(files[index]) > 2_000_000 else cv2.IMREAD_COLOR)
            if picture is None or min(picture.shape[:2]) < 128:
                continue
            scale = 700 / max(picture.shape[:2])
            pool.append(cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA))
    return pool


def background(rng, pool, h, w):
    source = pool[rng.integers(len(pool))]
    sh, sw = source.shape[:2]
    zoom = rng.uniform(0.35, 1.0)
    # A rotated, sheared and slightly perspective crop: tables are seen askew.
    size = zoom * min(sh * 1.0, sw * h / w) * 0.75
    cx, cy = rng.uniform(0.3, 0.7) * sw, rng.uniform(0.3, 0.7) * sh
    angle = rng.uniform(0, 2 * math.pi)
    half = np.array([[-w / h, -1], [w / h, -1], [w / h, 1], [-w / h, 1]]) * size / 2
    half *= rng.uniform(0.75, 1.25, (4, 1))
    turn = np.array([[math.cos(angle), -math.sin(angle)], [math.sin(angle), math.cos(angle)]])
    corners = (half @ turn.T + [cx, cy]).astype(np.float32)
    matrix = cv2.getPerspectiveTransform(corners, np.array([[0, 0], [w, 0], [w, h], [0, h]], np.float32))
    picture = cv2.warpPerspective(source, matrix, (w, h), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT_101).astype(np.float32)
    if rng.random() < 0.12:
        # Two surfaces that meet: the edge of a table.
        other = pool[rng.integers(len(pool))]
        other = cv2.resize(other, (w, h)).astype(np.float32)
        angle, offset = rng.uniform(0, 2 * math.pi), rng.uniform(-0.4, 0.4) * w
        y, x = np.mgrid[0:h, 0:w].astype(np.float32)
        side = (x - w / 2) * math.cos(angle) + (y - h / 2) * math.sin(angle) > offset
        picture[side] = other[side]
    return picture


# ------------------------------------------------------------------ documents


def words(rng, n):
    letters = np.array(list("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPRSTUVW0123456789.,-/äöéñ"))
    return " ".join("".join(rng.choice(letters, rng.integers(2, 11))) for _ in range(n))


def font(rng, size):
    return ImageFont.truetype(FONTS[rng.integers(len(FONTS))], max(5, int(size)))


def portrait(rng, draw, box):
    left, top, right, bottom = box
    width, height = right - left, bottom - top
    back = tuple(int(v) for v in colour(rng, 120, 250))
    draw.rectangle(box, fill=back)
    skin = np.array([[255, 219, 172], [224, 172, 105], [141, 85, 36], [88, 52, 28], [241, 194, 125]])[rng.integers(5)]
    cloth = tuple(int(v) for v in colour(rng, 10, 200))
    hair = tuple(int(v) for v in colour(rng, 5, 110))
    cx = (left + right) / 2
    draw.pieslice([left + 0.05 * width, top + 0.68 * height, right - 0.05 * width, bottom + 0.5 * height], 180, 360, fill=cloth)
    draw.ellipse([cx - 0.30 * width, top + 0.10 * height, cx + 0.30 * width, top + 0.66 * height], fill=hair)
    draw.ellipse([cx - 0.24 * width, top + 0.20 * height, cx + 0.24 * width, top + 0.76 * height], fill=tuple(int(v) for v in skin))
    for side in (-1, 1):
        draw.ellipse([cx + side * 0.1 * width - 2, top + 0.42 * height, cx + side * 0.1 * width + 2, top + 0.45 * height], fill=(30, 20, 20))
    draw.line([cx - 0.07 * width, top + 0.62 * height, cx + 0.07 * width, top + 0.62 * height], fill=(120, 50, 50), width=2)


def security_print(rng, w, h):
    """A surface of pale colours with waves on it."""
    one, two = colour(rng, 120, 255), colour(rng, 120, 255)
    if rng.random() < 0.25:
        one, two = colour(rng, 20, 255), colour(rng, 20, 255)
    y, x = np.mgrid[0:h, 0:w].astype(np.float32)
    ramp = np.clip((x / w) * rng.uniform(-1, 1) + (y / h) * rng.uniform(-1, 1) + rng.uniform(0, 1), 0, 1)
    picture = blend(one, two, ramp)
    for _ in range(int(rng.integers(1, 4))):
        phase = x / rng.uniform(8, 40) + rng.uniform(2, 14) * np.sin(y / rng.uniform(20, 90) + rng.uniform(0, 6))
        picture += rng.uniform(2, 14) * np.sin(phase)[..., None] * rng.uniform(-1, 1, 3)
    return picture


def card(rng, w, h, has_zone):
    picture = Image.fromarray(np.clip(security_print(rng, w, h), 0, 255).astype(np.uint8))
    draw = ImageDraw.Draw(picture)
    ink = tuple(int(v) for v in colour(rng, 0, 90)) if rng.random() < 0.85 else tuple(int(v) for v in colour(rng, 180, 255))
    if rng.random() < 0.6:
        band = tuple(int(v) for v in colour(rng, 10, 230))
        draw.rectangle([0, 0, w, h * rng.uniform(0.08, 0.2)], fill=band)
        draw.text((w * 0.05, h * 0.02), words(rng, 3).upper(), fill=(255, 255, 255), font=font(rng, h * 0.08))
    text_left = 0.06
    if rng.random() < 0.75:
        if rng.random() < 0.75:
            text_left, box = 0.38, [w * 0.05, h * 0.24, w * 0.32, h * rng.uniform(0.62, 0.82)]
        else:
            box = [w * 0.68, h * 0.24, w * 0.95, h * rng.uniform(0.62, 0.82)]
        portrait(rng, draw, [int(v) for v in box])
    y = h * rng.uniform(0.2, 0.28)
    end = h * (0.68 if has_zone else 0.92)
    while y < end:
        size = h * rng.uniform(0.035, 0.06)
        draw.text((w * text_left, y), words(rng, int(rng.integers(1, 4))), fill=ink, font=font(rng, size))
        y += size * rng.uniform(1.3, 2.0)
    if rng.random() < 0.3:
        left, top = w * rng.uniform(0.05, 0.7), h * rng.uniform(0.2, 0.6)
        draw.rounded_rectangle([left, top, left + w * 0.15, top + h * 0.18], radius=6, fill=(212, 175, 80), outline=(120, 100, 40))
    if has_zone:
        face = ImageFont.truetype("/usr/share/fonts/truetype/dejavu/DejaVuSansMono.ttf", int(h * 0.052))
        alphabet = np.array(list("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789<<<<<<<<<<"))
        if rng.random() < 0.5:
            draw.rectangle([0, h * 0.7, w, h], fill=(235, 232, 225))
        for line in range(int(rng.integers(2, 4))):
            draw.text((w * 0.04, h * (0.74 + 0.08 * line)), "".join(rng.choice(alphabet, 44)), fill=(20, 20, 20), font=face)
    out = np.asarray(picture).astype(np.float32)
    if rng.random() < 0.3:
        # A hologram: patches of rainbow.
        cy, cx = rng.uniform(0.2, 0.8) * h, rng.uniform(0.2, 0.8) * w
        y, x = np.mgrid[0:h, 0:w].astype(np.float32)
        spot = np.exp(-(((x - cx) / (0.12 * w)) ** 2 + ((y - cy) / (0.2 * h)) ** 2))
        hue = np.stack([np.sin(x / 30 + p) for p in (0, 2, 4)], -1)
        out += spot[..., None] * hue * rng.uniform(20, 70)
    return out


def sheet(rng, w, h):
    tone = rng.uniform(215, 255)
    paper = np.array([tone, tone - rng.uniform(0, 8), tone - rng.uniform(0, 25)])
    if rng.random() < 0.12:
        paper = colour(rng, 90, 250)
    picture = Image.fromarray(np.broadcast_to(paper, (h, w, 3)).astype(np.uint8).copy())
    draw = ImageDraw.Draw(picture)
    kind = rng.random()
    ink = tuple(int(v) for v in rng.uniform(0, 80, 3))
    margin = w * rng.uniform(0.03, 0.14)
    if kind < 0.08:
        return np.asarray(picture).astype(np.float32)
    if kind < 0.2:
        for line in range(int(h * 0.06), h, max(6, int(h * rng.uniform(0.02, 0.05)))):
            draw.line([0, line, w, line], fill=tuple(int(v) for v in colour(rng, 120, 220)), width=1)
    y = h * rng.uniform(0.03, 0.12)
    if rng.random() < 0.5:
        draw.rectangle([margin, y, margin + w * rng.uniform(0.1, 0.5), y + h * rng.uniform(0.02, 0.08)], fill=tuple(int(v) for v in colour(rng, 0, 220)))
        y += h * 0.1
    if rng.random() < 0.4:
        draw.text((margin, y), words(rng, 2), fill=ink, font=font(rng, w * rng.uniform(0.05, 0.09)))
        y += h * 0.08
    size = w * rng.uniform(0.016, 0.05)
    face = font(rng, size)
    bottom = h * rng.uniform(0.4, 0.97)
    while y < bottom:
        if rng.random() < 0.03:
            box = [margin, y, w - margin, y + h * rng.uniform(0.05, 0.25)]
            if rng.random() < 0.5:
                draw.rectangle(box, fill=tuple(int(v) for v in colour(rng, 20, 240)))
            else:
                draw.rectangle(box, outline=ink)
                for column in range(1, int(rng.integers(2, 6))):
                    draw.line([box[0] + column * w * 0.15, box[1], box[0] + column * w * 0.15, box[3]], fill=ink)
            y = box[3] + size
            continue
        line = words(rng, int(rng.integers(1, 13)))
        draw.text((margin, y), line[: int((w - 2 * margin) / (0.55 * size))], fill=ink, font=face)
        y += size * rng.uniform(1.15, 1.9)
    return np.asarray(picture).astype(np.float32)


def booklet(rng, w, h):
    """A data page with the facing page above it; the document is the lower."""
    page = card(rng, w, h, True)
    other = np.clip(security_print(rng, w, h), 0, 255)
    return page, other


def document(rng):
    """A picture of a document, its rounding as a share of its width, and the
    picture of what is bound to it above, if anything."""
    kind = rng.random()
    if kind < 0.38:
        w, h = 428, 270
        if rng.random() < 0.12:
            w, h = h, w
        return card(rng, w, h, rng.random() < 0.35), rng.uniform(0.02, 0.05), None
    if kind < 0.58:
        page, other = booklet(rng, 450, 317)
        return page, rng.uniform(0.0, 0.03), other if rng.random() < 0.45 else None
    if kind < 0.66:
        return card(rng, 420, int(420 * rng.uniform(0.4, 0.75)), False), 0.0, None
    if kind < 0.76:
        w = int(rng.uniform(150, 260))
        return sheet(rng, w, 450), 0.0, None
    ratio = rng.choice([0.707, 0.773, rng.uniform(0.6, 1.0)])
    w, h = int(450 * ratio), 450
    if rng.random() < 0.2:
        w, h = h, w
    return sheet(rng, w, h), 0.0, None


def alpha_of(rng, w, h, rounding):
    alpha = np.zeros((h, w), np.float32)
    radius = int(rounding * max(w, h))
    if radius < 1:
        alpha[:] = 1
        return alpha
    image = Image.new("L", (w, h), 0)
    ImageDraw.Draw(image).rounded_rectangle([0, 0, w - 1, h - 1], radius=radius, fill=255)
    return np.asarray(image).astype(np.float32) / 255


# -------------------------------------------------------------------- objects


def screen(rng, w, h):
    """What a telephone or a tablet shows: nothing, icons, or a list."""
    kind = rng.random()
    if kind < 0.35:
        # Off: dark, and mirrors a window.
        y, x = np.mgrid[0:h, 0:w].astype(np.float32)
        gleam = np.clip((x / w) * rng.uniform(-1, 1) + (y / h) * rng.uniform(-1, 1), 0, 1)
        return np.full((h, w, 3), rng.uniform(4, 40), np.float32) + gleam[..., None] * rng.uniform(0, 60)
    one, two = colour(rng), colour(rng)
    ramp = np.broadcast_to((np.arange(h, dtype=np.float32) / h)[:, None], (h, w))
    picture = Image.fromarray(np.clip(blend(one, two, ramp), 0, 255).astype(np.uint8))
    draw = ImageDraw.Draw(picture)
    if kind < 0.7:
        columns = int(rng.integers(3, 6))
        step = w / columns
        for row in range(int(rng.integers(1, max(2, h / step)))):
            for column in range(columns):
                left, top = (column + 0.2) * step, (row + 0.4) * step
                box = [left, top, left + 0.6 * step, top + 0.6 * step]
                draw.rounded_rectangle(box, radius=step * 0.14, fill=tuple(int(v) for v in colour(rng)))
    else:
        bright = rng.random() < 0.7
        draw.rectangle([0, 0, w, h], fill=(245, 245, 245) if bright else (25, 25, 25))
        draw.rectangle([0, 0, w, h * 0.1], fill=tuple(int(v) for v in colour(rng)))
        y = h * 0.13
        while y < h * 0.95:
            ink = (60, 60, 60) if bright else (200, 200, 200)
            draw.text((w * 0.06, y), words(rng, int(rng.integers(1, 6))), fill=ink, font=font(rng, w * 0.05))
            y += w * rng.uniform(0.08, 0.2)
    return np.asarray(picture).astype(np.float32)


def telephone(rng, w, h):
    """A slab with a screen, or its back with a camera."""
    body = np.full((h, w, 3), rng.uniform(5, 45), np.float32)
    if rng.random() < 0.3:
        body[:] = colour(rng, 20, 235)
    if rng.random() < 0.25:
        picture = Image.fromarray(np.clip(body, 0, 255).astype(np.uint8))
        draw = ImageDraw.Draw(picture)
        left, top = rng.uniform(0.05, 0.3) * w, 0.04 * h
        draw.rounded_rectangle([left, top, left + 0.3 * w, top + 0.3 * w], radius=0.06 * w, fill=tuple(int(v) for v in colour(rng, 5, 90)))
        for place in (0.05, 0.17):
            draw.ellipse([left + place * w, top + 0.04 * w, left + (place + 0.09) * w, top + 0.13 * w], fill=(10, 10, 12), outline=(90, 90, 95))
        return np.asarray(picture).astype(np.float32)
    side, end = int(w * rng.uniform(0.02, 0.06)), int(h * rng.uniform(0.015, 0.1))
    body[end : h - end, side : w - side] = screen(rng, w - 2 * side, h - 2 * end)
    return body


def keys(rng, w, h):
    """A keyboard, a calculator or a remote control: rows of keys on a slab."""
    body = colour(rng, 5, 60) if rng.random() < 0.5 else np.full(3, rng.uniform(120, 235))
    picture = Image.fromarray(np.broadcast_to(body, (h, w, 3)).astype(np.uint8).copy())
    draw = ImageDraw.Draw(picture)
    tone = tuple(int(v) for v in np.clip(body + rng.normal(0, 35), 0, 255))
    rows = int(rng.integers(4, 7))
    step = h / rows
    for row in range(rows):
        x = step * rng.uniform(0.05, 0.5)
        while x < w - step * 0.5:
            wide = step * rng.choice([0.9, 0.9, 0.9, 1.4, 3.5], p=[0.4, 0.3, 0.2, 0.08, 0.02])
            box = [x, (row + 0.08) * step, min(x + wide * 0.9, w - 2), (row + 0.9) * step]
            if box[2] - box[0] > 3:
                draw.rounded_rectangle(box, radius=step * 0.1, fill=tone)
                draw.text((x + wide * 0.3, (row + 0.25) * step), words(rng, 1)[:1], fill=tuple(int(v) for v in 255 - np.array(tone)), font=font(rng, step * 0.4))
            x += wide
    return np.asarray(picture).astype(np.float32)


def cover(rng, w, h):
    """A book's or a notebook's cover: one colour or a picture, a title, a
    darker back."""
    one, two = colour(rng, 5, 245), colour(rng, 5, 245)
    flat = np.broadcast_to(one, (h, w, 3)).astype(np.float32)
    picture = flat + 14 * (smooth_noise(rng, h, w, rng.uniform(10, 80), 2) - 0.5)[..., None]
    if rng.random() < 0.5:
        amount = smooth_noise(rng, h, w, rng.uniform(1, 6), 2)
        picture = blend(one, two, (amount > 0.5).astype(np.float32) if rng.random() < 0.5 else amount)
    picture = Image.fromarray(np.clip(picture, 0, 255).astype(np.uint8))
    draw = ImageDraw.Draw(picture)
    ink = tuple(int(v) for v in colour(rng))
    for line in range(int(rng.integers(0, 4))):
        draw.text((w * rng.uniform(0.08, 0.2), h * (0.12 + 0.14 * line)), words(rng, 1).upper(), fill=ink, font=font(rng, w * rng.uniform(0.08, 0.17)))
    if rng.random() < 0.4:
        draw.text((w * 0.2, h * 0.85), words(rng, 2), fill=ink, font=font(rng, w * 0.06))
    if rng.random() < 0.3:
        draw.ellipse([w * 0.25, h * 0.4, w * 0.75, h * 0.4 + w * 0.5], fill=tuple(int(v) for v in colour(rng)))
    out = np.asarray(picture).astype(np.float32)
    out[:, : int(w * rng.uniform(0.03, 0.09))] *= rng.uniform(0.5, 0.9)
    return out


def thing(rng):
    """A picture of something flat with four sides that is no document: its
    rounding as a share of its width, and how thick it is against its height."""
    kind = rng.random()
    if kind < 0.32:
        return telephone(rng, 210, int(210 * rng.uniform(1.9, 2.2))), rng.uniform(0.03, 0.09), 0.0
    if kind < 0.42:
        w, h = 300, int(300 * rng.uniform(1.3, 1.5))
        return telephone(rng, w, h), rng.uniform(0.01, 0.05), 0.0
    if kind < 0.62:
        return keys(rng, 440, int(440 * rng.uniform(0.3, 0.75))), rng.uniform(0.0, 0.05), rng.uniform(0, 0.04)
    return cover(rng, int(430 * rng.uniform(0.62, 0.8)), 430), rng.uniform(0.0, 0.03), rng.uniform(0.02, 0.12)


def lay(rng, picture, item):
    """Lays a thing somewhere, with its thickness and its shadow."""
    h, w = picture.shape[:2]
    texture, rounding, thickness = item
    texture = texture.astype(np.float32) * rng.uniform(0.7, 1.05)
    th, tw = texture.shape[:2]
    corners = placed(rng, w, h, tw / th)
    if corners is None:
        return
    if rng.random() < 0.5:
        # Not framed as a document would be: smaller, and anywhere.
        centre = corners.mean(0)
        corners = (corners - centre) * rng.uniform(0.3, 1.0) + rng.uniform(0, 1, 2) * [w, h]
    source = np.array([[0, 0], [tw, 0], [tw, th], [0, th]], np.float32)
    alpha = alpha_of(rng, tw, th, rounding)
    angle = rng.uniform(0, 2 * math.pi)
    lift = np.array([math.cos(angle), math.sin(angle)]) * thickness * np.linalg.norm(corners[0] - corners[3])
    whole = cv2.warpPerspective(alpha, cv2.getPerspectiveTransform(source, (corners - lift * 0.5).astype(np.float32)), (w, h))
    shadow = cv2.GaussianBlur(whole, (0, 0), rng.uniform(1, 9))
    picture *= 1 - rng.uniform(0.1, 0.6) * shadow[..., None]
    if thickness > 0:
        # The block of pages, layer over layer.
        tone = np.array([225, 228, 232], np.float32) * rng.uniform(0.5, 1.0)
        n = int(rng.integers(3, 9))
        for layer in range(n):
            at = (corners - lift * (1 - layer / n)).astype(np.float32)
            shape = cv2.warpPerspective(alpha, cv2.getPerspectiveTransform(source, at), (w, h))
            over(picture, tone * (0.75 + 0.25 * (layer % 2)), shape)
    matrix = cv2.getPerspectiveTransform(source, corners.astype(np.float32))
    patch = cv2.warpPerspective(texture, matrix, (w, h), flags=cv2.INTER_AREA, borderMode=cv2.BORDER_REPLICATE)
    over(picture, patch, cv2.warpPerspective(alpha, matrix, (w, h)))


# --------------------------------------------------------------------- scenes


def placed(rng, w, h, aspect):
    """Corners of a document of an aspect (width over height) in a frame, by a
    pinhole camera over a tilted plane; in the document's own order."""
    for _ in range(200):
        fov = math.radians(rng.uniform(35, 75))
        focal = 0.5 * max(w, h) / math.tan(fov / 2)
        tilt = abs(rng.normal(0, 18))
        if rng.random() < 0.1:
            tilt = rng.uniform(20, 50)
        axis = rng.uniform(0, 2 * math.pi)
        roll = rng.normal(0, 9) if rng.random() < 0.65 else rng.uniform(-50, 50)
        roll += rng.choice([0, 90, 180, 270], p=[0.6, 0.15, 0.1, 0.15])
        roll = math.radians(roll)
        half = np.array([[-aspect, -1], [aspect, -1], [aspect, 1], [-aspect, 1]], np.float64)
        half /= np.hypot(aspect, 1)
        turn = np.array([[math.cos(roll), -math.sin(roll)], [math.sin(roll), math.cos(roll)]])
        flat = half @ turn.T
        rotation = cv2.Rodrigues(np.array([math.cos(axis), math.sin(axis), 0.0]) * math.radians(tilt))[0]
        space = np.c_[flat, np.zeros(4)] @ rotation.T
        distance = rng.uniform(1.2, 6)
        space[:, 2] += distance
        if space[:, 2].min() < 0.3:
            continue
        corners = space[:, :2] / space[:, 2:] * focal
        span = corners.max(0) - corners.min(0)
        share = rng.uniform(0.42, 0.97)
        if rng.random() < 0.08:
            share = rng.uniform(0.97, 1.25)
        corners *= share * min(w / span[0], h / span[1])
        low, high = corners.min(0), corners.max(0)
        room = np.array([w, h]) - (high - low)
        if share > 0.97:
            offset = rng.uniform(-0.06, 0.06, 2) * [w, h] + room / 2
        else:
            place = np.clip(rng.normal(0.5, 0.25, 2), 0, 1)
            offset = room * place
            if rng.random() < 0.07:
                offset += rng.uniform(-0.12, 0.12, 2) * [w, h]
        corners = corners - low + offset
        inside = (corners >= -0.15 * np.array([w, h])) & (corners <= 1.15 * np.array([w, h]))
        if inside.all():
            return corners.astype(np.float32)
    return None


def over(picture, patch, alpha):
    picture *= 1 - alpha[..., None]
    picture += patch * alpha[..., None]


def finger(rng, picture, corners):
    h, w = picture.shape[:2]
    tones = np.array([[150, 180, 235], [110, 150, 215], [80, 120, 190], [45, 75, 130], [30, 45, 80]], np.float32)
    tone = tones[rng.integers(5)] * rng.uniform(0.7, 1.15)
    for _ in range(int(rng.integers(1, 4))):
        side = rng.integers(4)
        a, b = corners[side], corners[(side + 1) % 4]
        tip = a + (b - a) * rng.uniform(0.05, 0.95)
        centre = corners.mean(0)
        outward = tip - centre
        outward /= np.linalg.norm(outward) + 1e-6
        outward += rng.normal(0, 0.35, 2)
        thick = int(rng.uniform(0.05, 0.11) * min(w, h))
        start = tip - outward * rng.uniform(-0.2, 1.2) * thick
        end = tip + outward * max(w, h)
        mask = np.zeros((h, w), np.uint8)
        cv2.line(mask, tuple(int(v) for v in start), tuple(int(v) for v in end), 255, thick, cv2.LINE_AA)
        soft = cv2.GaussianBlur(mask, (0, 0), 1.0).astype(np.float32) / 255
        shade = cv2.GaussianBlur(mask, (0, 0), thick / 3).astype(np.float32) / 255
        patch = tone * (0.55 + 0.5 * shade[..., None])
        over(picture, patch, soft)


def clutter(rng, picture):
    """Things that are not documents."""
    h, w = picture.shape[:2]
    for _ in range(int(rng.integers(1, 5))):
        kind = rng.random()
        tone = colour(rng).tolist()
        x, y = rng.uniform(-0.1, 1.1) * w, rng.uniform(-0.1, 1.1) * h
        size = rng.uniform(0.04, 0.3) * max(w, h)
        mask = np.zeros((h, w), np.uint8)
        if kind < 0.3:
            cv2.ellipse(mask, (int(x), int(y)), (int(size), int(size * rng.uniform(0.3, 1))), rng.uniform(0, 180), 0, 360, 255, -1, cv2.LINE_AA)
        elif kind < 0.5:
            cv2.line(mask, (int(x), int(y)), (int(x + rng.normal(0, 1) * w), int(y + rng.normal(0, 1) * h)), 255, int(rng.uniform(1, 16)), cv2.LINE_AA)
        elif kind < 0.8:
            # A telephone or the like: dark, rounded, uniform.
            tone = (np.full(3, rng.uniform(5, 60)) + rng.normal(0, 6, 3)).tolist()
            box = cv2.boxPoints(((x, y), (size, size * 2.05), rng.uniform(0, 180)))
            cv2.fillConvexPoly(mask, box.astype(np.int32), 255, cv2.LINE_AA)
            mask = cv2.GaussianBlur(mask, (0, 0), 2)
            mask = ((mask > 110) * 255).astype(np.uint8)
        else:
            points = np.stack([x + rng.normal(0, size, 6), y + rng.normal(0, size, 6)], -1)
            cv2.fillPoly(mask, [points.astype(np.int32)], 255, cv2.LINE_AA)
        alpha = cv2.GaussianBlur(mask, (0, 0), 0.8).astype(np.float32) / 255
        if rng.random() < 0.5:
            shadow = cv2.GaussianBlur(mask, (0, 0), rng.uniform(3, 10)).astype(np.float32) / 255
            picture *= 1 - 0.5 * shadow[..., None]
        texture = np.array(tone, np.float32) * (0.85 + 0.3 * smooth_noise(rng, h, w, 8)[..., None])
        over(picture, texture, alpha)


def light(rng, picture):
    h, w = picture.shape[:2]
    field = smooth_noise(rng, h, w, 2, 1)
    picture *= 1 + rng.uniform(0, 0.6) * (field[..., None] - 0.5)
    if rng.random() < 0.35:
        # A shadow with a straight or a round border.
        mask = np.zeros((h, w), np.uint8)
        if rng.random() < 0.6:
            points = rng.uniform(-0.3, 1.3, (4, 2)) * [w, h]
            cv2.fillConvexPoly(mask, cv2.convexHull(points.astype(np.int32)), 255)
        else:
            cv2.circle(mask, (int(rng.uniform(0, w)), int(rng.uniform(0, h))), int(rng.uniform(0.2, 0.6) * w), 255, -1)
        mask = cv2.GaussianBlur(mask, (0, 0), rng.uniform(0.8, 22)).astype(np.float32) / 255
        picture *= 1 - rng.uniform(0.15, 0.6) * mask[..., None]


def camera(rng, picture):
    if rng.random() < 0.45:
        picture = cv2.GaussianBlur(picture, (0, 0), rng.uniform(0.3, 2.2))
    if rng.random() < 0.15:
        length = int(rng.integers(3, 10))
        kernel = np.zeros((length, length), np.float32)
        angle = rng.uniform(0, math.pi)
        middle = (length - 1) / 2
        dx, dy = math.cos(angle) * middle, math.sin(angle) * middle
        cv2.line(kernel, (round(middle - dx), round(middle - dy)), (round(middle + dx), round(middle + dy)), 1)
        picture = cv2.filter2D(picture, -1, kernel / kernel.sum())
    picture = picture * rng.uniform(0.85, 1.15, 3).astype(np.float32)
    gain = math.exp(rng.normal(-0.05, 0.3))
    picture = picture * gain
    if rng.random() < 0.5:
        picture = 255 * np.clip(picture / 255, 0, 1) ** math.exp(rng.normal(0, 0.25))
    if rng.random() < 0.3:
        # A veil over everything: stray light takes the blacks.
        picture = picture * rng.uniform(0.5, 0.95) + rng.uniform(0, 60)
    noise = rng.uniform(0, 9)
    picture = picture + rng.normal(0, 1, picture.shape).astype(np.float32) * noise
    return np.clip(picture, 0, 255).astype(np.uint8)


def scene(rng, pool, documents, things, size):
    """A picture of twice `size`, and its corners (in pixels of `size`) or None."""
    w, h = size[0] * 2, size[1] * 2
    picture = background(rng, pool, h, w)
    if rng.random() < 0.35:
        clutter(rng, picture)
    has_document = rng.random() > 0.2
    if rng.random() < (0.18 if has_document else 0.65):
        for _ in range(1 + int(rng.random() < 0.3)):
            lay(rng, picture, things[rng.integers(len(things))])
    corners = None
    if has_document:
        texture, rounding, above = documents[rng.integers(len(documents))]
        th, tw = texture.shape[:2]
        corners = placed(rng, w, h, tw / th)
    if corners is not None:
        texture = texture.astype(np.float32)
        if rng.random() < 0.15:
            texture = np.repeat(texture.mean(-1, keepdims=True), 3, -1)
        texture = texture * rng.uniform(0.75, 1.05)
        alpha = alpha_of(rng, tw, th, rounding)
        if rounding == 0 and rng.random() < 0.5:
            # Paper does not lie flat: bend the lines between its corners.
            y, x = np.mgrid[0:th, 0:tw].astype(np.float32)
            bend = rng.normal(0, 0.008, 4)
            dx = (bend[0] * np.sin(np.pi * y / th) * (1 - x / tw) + bend[1] * np.sin(np.pi * y / th) * (x / tw)) * tw
            dy = (bend[2] * np.sin(np.pi * x / tw) * (1 - y / th) + bend[3] * np.sin(np.pi * x / tw) * (y / th)) * th
            pad = 12
            texture = cv2.copyMakeBorder(texture, pad, pad, pad, pad, cv2.BORDER_REPLICATE)
            alpha = cv2.copyMakeBorder(alpha, pad, pad, pad, pad, cv2.BORDER_CONSTANT)
            yy, xx = np.mgrid[-pad : th + pad, -pad : tw + pad].astype(np.float32)
            cx, cy = np.clip(xx, 0, tw - 1).astype(int), np.clip(yy, 0, th - 1).astype(int)
            map_x = (xx + dx[cy, cx] + pad).astype(np.float32)
            map_y = (yy + dy[cy, cx] + pad).astype(np.float32)
            texture = cv2.remap(texture, map_x, map_y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
            alpha = cv2.remap(alpha, map_x, map_y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_CONSTANT)
            source = np.array([[pad, pad], [tw + pad, pad], [tw + pad, th + pad], [pad, th + pad]], np.float32)
        else:
            source = np.array([[0, 0], [tw, 0], [tw, th], [0, th]], np.float32)
        # The texture at about the size of its picture, so that it does not alias.
        sides = [np.linalg.norm(corners[i] - corners[(i + 1) % 4]) for i in range(4)]
        scale = min(1.0, max(sides) * 1.3 / max(tw, th))
        if scale < 0.9:
            texture = cv2.resize(texture, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
            alpha = cv2.resize(alpha, (texture.shape[1], texture.shape[0]), interpolation=cv2.INTER_AREA)
            source = (source * scale).astype(np.float32)
        matrix = cv2.getPerspectiveTransform(source - 0.5, corners - 0.5)
        if above is not None:
            grown = source.copy()
            grown[0, 1] -= th * scale
            grown[1, 1] -= th * scale
            upper = cv2.perspectiveTransform((grown[None] - 0.5).astype(np.float32), matrix)[0] + 0.5
            upper = np.array([upper[0], upper[1], corners[1], corners[0]], np.float32)
            if rng.random() < 0.5:
                # Bound, not flat: the facing page leans another way.
                lean = rng.normal(0, 0.06, (2, 2)) * np.array([w, h])
                upper[:2] += lean.astype(np.float32)
            oh, ow = above.shape[:2]
            facing = cv2.getPerspectiveTransform(np.array([[0, 0], [ow, 0], [ow, oh], [0, oh]], np.float32), upper)
            cover = cv2.warpPerspective(above.astype(np.float32), facing, (w, h), flags=cv2.INTER_AREA)
            shape = cv2.warpPerspective(np.ones((oh, ow), np.float32), facing, (w, h), flags=cv2.INTER_LINEAR)
            over(picture, cover * rng.uniform(0.7, 1.05), shape)
        if rng.random() < 0.3:
            # Matched: the surface below takes on the document's own colour.
            target = texture.reshape(-1, 3).mean(0)
            kept = rng.uniform(0.15, 0.7)
            picture = (picture - picture.reshape(-1, 3).mean(0)) * kept + target * rng.uniform(0.8, 1.15)
        shape = cv2.warpPerspective(alpha, matrix, (w, h), flags=cv2.INTER_LINEAR)
        if rng.random() < 0.7:
            shift = rng.normal(0, 4, 2)
            moved = cv2.warpAffine(shape, np.array([[1, 0, shift[0]], [0, 1, shift[1]]], np.float32), (w, h))
            shadow = cv2.GaussianBlur(moved, (0, 0), rng.uniform(1, 7))
            picture *= 1 - rng.uniform(0.1, 0.7) * shadow[..., None]
        patch = cv2.warpPerspective(texture, matrix, (w, h), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
        if rng.random() < 0.3:
            field = smooth_noise(rng, h, w, 2, 2)
            patch *= 1 + rng.uniform(0, 0.5) * (field[..., None] - 0.5)
        over(picture, patch, shape)
        if rng.random() < 0.25:
            centre = corners[0] + (corners[2] - corners[0]) * rng.uniform(0, 1) + rng.normal(0, 0.1, 2) * w
            y, x = np.mgrid[0:h, 0:w].astype(np.float32)
            spread = rng.uniform(0.02, 0.2) * w
            spot = np.exp(-(((x - centre[0]) ** 2 + ((y - centre[1]) * rng.uniform(0.6, 1.6)) ** 2) / (2 * spread**2)))
            picture += (rng.uniform(60, 320) * spot * (shape if rng.random() < 0.7 else 1))[..., None]
        if rng.random() < 0.28:
            finger(rng, picture, corners)
    elif rng.random() < 0.6:
        clutter(rng, picture)
    if corners is None and rng.random() < 0.25:
        finger(rng, picture, np.array([[0.3, 0.3], [0.7, 0.3], [0.7, 0.7], [0.3, 0.7]], np.float32) * [w, h])
    light(rng, picture)
    picture = camera(rng, picture)
    if rng.random() < 0.5:
        quality = int(rng.integers(35, 96))
        picture = cv2.imdecode(cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, quality])[1], cv2.IMREAD_COLOR)
    return picture, None if corners is None else corners / 2


def printed(item):
    """A drawn item with its pictures in bytes."""
    return tuple(np.clip(part, 0, 255).astype(np.uint8) if isinstance(part, np.ndarray) else part for part in item)


def dataset(seed, count, pool, documents, things, size):
    """`count` reduced pictures (blue, green, red) and corners; NaN without a document."""
    rng = np.random.default_rng(seed)
    pictures = np.empty((count, size[1], size[0], 3), np.uint8)
    truths = np.full((count, 4, 2), np.nan, np.float32)
    for index in range(count):
        picture, corners = scene(rng, pool, documents, things, size)
        pictures[index] = cv2.resize(picture, size, interpolation=cv2.INTER_AREA)
        if corners is not None:
            truths[index] = corners
    return pictures, truths
