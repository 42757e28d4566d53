"""Draws whole documents with machine-readable zones to measure the reader on.

    python vision/train/mrz_test.py DIRECTORY [--count 60] [--seed 1000]
    cargo run --release -p vestibule-vision --example mrz -- DIRECTORY

Shares no code with the trainer, draws with another cut of the font, other
backgrounds and other damage. Writes portable grey maps and `truth.tsv`: file,
condition, the document's corners, and the lines.
"""

import argparse
import pathlib
import random

import cv2
import numpy as np
from PIL import Image, ImageDraw, ImageFont

ZONE_FONT = "/usr/share/fonts/opentype/ocr-b/OCRBS.otf"
PRINT_FONTS = [
    "/usr/share/fonts/truetype/lato/Lato-Regular.ttf",
    "/usr/share/fonts/truetype/lato/Lato-Bold.ttf",
    "/usr/share/fonts/truetype/liberation/LiberationSerif-Regular.ttf",
    "/usr/share/fonts/truetype/liberation/LiberationMono-Regular.ttf",
]
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
DIGITS = "0123456789"
STATES = "UTO D<< GBR FRA USA CHE NLD IND NGA BRA UKR JPN RKS XXA UNO EUE POL QAT ZAF IRL".split()
# Width and height in mm, lines, characters.
FORMATS = {
    "TD1": (85.6, 54.0, 3, 30),
    "TD2": (105.0, 74.0, 2, 36),
    "TD3": (125.0, 88.0, 2, 44),
    "MRVA": (120.0, 80.0, 2, 44),
    "MRVB": (105.0, 74.0, 2, 36),
}


def check(text):
    return str(
        sum(
            (0 if c == "<" else int(c, 36)) * (7, 3, 1)[i % 3]
            for i, c in enumerate(text)
        )
        % 10
    )


def some(dice, alphabet, low, high):
    return "".join(dice.choice(alphabet) for _ in range(dice.randint(low, high)))


def lines_of(dice, kind):
    state, nation = dice.choice(STATES), dice.choice(STATES)
    surname = "<".join(some(dice, LETTERS, 2, 9) for _ in range(dice.choice([1, 1, 1, 2])))
    given = "<".join(some(dice, LETTERS, 1, 8) for _ in range(dice.choice([1, 1, 2, 2, 3])))
    names = surname + "<<" + given
    number = some(dice, DIGITS + dice.choice(["", LETTERS]), 6, 9).ljust(9, "<")
    number += check(number)

    def date():
        text = f"{dice.randint(0, 99):02}{dice.randint(1, 12):02}{dice.randint(1, 28):02}"
        return text + check(text)

    birth, expiry, sex = date(), date(), dice.choice("MF<")
    if kind == "TD3":
        personal = dice.choice(["", some(dice, DIGITS + LETTERS, 5, 14)]).ljust(14, "<")
        personal += check(personal) if personal.strip("<") else dice.choice("<0")
        second = number + nation + birth + sex + expiry + personal
        second += check(number + birth + expiry + personal)
        return [("P" + dice.choice("<<DM") + state + names)[:44].ljust(44, "<"), second]
    if kind == "TD1":
        optional = dice.choice(["", some(dice, DIGITS + LETTERS, 4, 15)]).ljust(15, "<")
        first = dice.choice(["I<", "ID", "AC", "IR"]) + state + number + optional
        second = birth + sex + expiry + nation + "<" * 11
        second += check(number + optional + birth + expiry + "<" * 11)
        return [first, second, names[:30].ljust(30, "<")]
    length = FORMATS[kind][3]
    code = dice.choice(["I<", "ID"]) if kind == "TD2" else "V" + dice.choice("<CN")
    first = (code + state + names)[:length].ljust(length, "<")
    second = number + nation + birth + sex + expiry
    if kind == "TD2":
        optional = dice.choice(["", some(dice, DIGITS, 3, 7)]).ljust(7, "<")
        second += optional + check(number + birth + expiry + optional)
    else:
        second += dice.choice(["", some(dice, DIGITS + LETTERS, 3, 8)]).ljust(length - 28, "<")
    return [first, second]


def guilloche(dice, picture, colour, count):
    height, width = picture.shape[:2]
    x = np.arange(width)
    for _ in range(count):
        base, reach = dice.uniform(0, height), dice.uniform(5, 60)
        wave, phase = dice.uniform(60, 500), dice.uniform(0, 7)
        for offset in range(dice.randint(1, 6)):
            y = base + reach * np.sin(x / wave * 6.28 + phase + offset * 0.25)
            points = np.stack([x, y], 1).round().astype(np.int32)
            cv2.polylines(picture, [points], False, colour, 1, cv2.LINE_AA)


def document(dice, kind, lines, per_mm):
    width_mm, height_mm, _, _ = FORMATS[kind]
    width, height = round(width_mm * per_mm), round(height_mm * per_mm)
    tone = dice.uniform(185, 248)
    ramp = np.linspace(tone, tone - dice.uniform(-15, 30), width)[None, :, None]
    page = np.clip(np.repeat(np.repeat(ramp, height, 0), 3, 2), 0, 255).astype(np.uint8)
    shade = int(tone - dice.uniform(8, 45))
    guilloche(dice, page, (shade, shade, shade), dice.randint(3, 40))
    first_baseline = height_mm - (7.5 + (len(lines) - 1) * 6.35)
    top_of_zone = first_baseline - 5.5
    if dice.random() < 0.5:
        # The zone often has a plainer ground.
        y = round(top_of_zone * per_mm)
        page[y:] = (page[y:] * 0.25 + tone * 0.75).astype(np.uint8)
    image = Image.fromarray(page)
    pen = ImageDraw.Draw(image)
    ink = dice.randint(5, 70)
    left = dice.uniform(3, 6) * per_mm
    if kind != "TD1" or dice.random() < 0.3:
        x, y = left, dice.uniform(10, 16) * per_mm
        w = 0.26 * width
        h = min(w * 1.28, top_of_zone * per_mm - y - 3)
        pen.rectangle([x, y, x + w, y + h], fill=(dice.randint(120, 220),) * 3)
        pen.ellipse([x + 0.25 * w, y + 0.15 * h, x + 0.75 * w, y + 0.65 * h], fill=(90,) * 3)
        pen.ellipse([x + 0.1 * w, y + 0.65 * h, x + 0.9 * w, y + 1.0 * h], fill=(60,) * 3)
        left = x + w + 4 * per_mm
    y = 4.0
    while y < top_of_zone - 5:
        size = dice.choice([1.6, 2.2, 3.0])
        font = ImageFont.truetype(dice.choice(PRINT_FONTS), max(6, round(size * 1.4 * per_mm)))
        text = some(dice, LETTERS + LETTERS.lower() + DIGITS + "    ./", 4, 34)
        pen.text((left + dice.choice([0, 0, 20]) * per_mm * 0.5, y * per_mm), text, font=font, fill=(dice.randint(10, 120),) * 3)
        y += size + dice.uniform(1.0, 4.0)
    # 10 characters to the inch.
    pitch = 2.54 * per_mm
    font = ImageFont.truetype(ZONE_FONT, round(2.54 * per_mm / 0.723))
    text_width = len(lines[0]) * pitch
    x0 = (width - text_width) / 2 + dice.uniform(-0.5, 0.5) * per_mm
    top = font.getbbox("H")[3]
    spread = dice.uniform(0.9, 1.1)
    for index, line in enumerate(lines):
        baseline = (first_baseline + 6.35 * index) * per_mm
        for place, character in enumerate(line):
            pen.text((x0 + place * pitch, baseline - top * spread), character, font=font, fill=(ink,) * 3)
    page = np.asarray(image)
    if dice.random() < 0.3:
        page = cv2.erode(page, np.ones((2, 2), np.uint8)) if dice.random() < 0.5 else cv2.dilate(page, np.ones((2, 2), np.uint8))
    return page


def desk(dice, width, height):
    seed = np.random.default_rng(dice.randint(0, 2**31))
    ground = np.full((height, width, 3), dice.uniform(30, 220), np.float32)
    for cells, strength in ((4, 40), (16, 25), (80, 12), (300, 8)):
        small = seed.normal(0, 1, (max(2, cells * height // width), cells)).astype(np.float32)
        ground += strength * dice.random() * cv2.resize(small, (width, height), interpolation=cv2.INTER_CUBIC)[..., None]
    for _ in range(dice.randint(0, 12)):
        a = (dice.randint(0, width), dice.randint(0, height))
        b = (dice.randint(0, width), dice.randint(0, height))
        cv2.line(ground, a, b, (dice.uniform(0, 255),) * 3, dice.randint(1, 8), cv2.LINE_AA)
    if dice.random() < 0.3:
        image = Image.fromarray(np.clip(ground, 0, 255).astype(np.uint8))
        pen = ImageDraw.Draw(image)
        font = ImageFont.truetype(PRINT_FONTS[2], dice.randint(14, 30))
        for y in range(0, height, 40):
            pen.text((5, y), some(dice, LETTERS.lower() + "  ", 60, 110), font=font, fill=(40,) * 3)
        ground = np.asarray(image).astype(np.float32)
    return ground


def photograph(dice, page, size):
    """The page in a camera's picture, and its corners there."""
    width, height = size
    rows, columns = page.shape[:2]
    fill = dice.uniform(0.72, 0.96)
    scale = min(width * fill / columns, height * fill / rows)
    w, h = columns * scale / 2, rows * scale / 2
    angle = np.radians(dice.uniform(-8, 8))
    corners = np.array([[-w, -h], [w, -h], [w, h], [-w, h]])
    turned = corners @ np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]])
    pitch, yaw = np.radians(dice.uniform(-18, 18)), np.radians(dice.uniform(-18, 18))
    far = 2.6 * w
    seen = []
    for x, y in turned:
        depth = far + x * np.sin(yaw) + y * np.sin(pitch)
        seen.append([x * np.cos(yaw) * far / depth, y * np.cos(pitch) * far / depth])
    seen = np.array(seen)
    seen *= min(1.0, 0.98 * width / np.ptp(seen[:, 0]), 0.98 * height / np.ptp(seen[:, 1]))
    room = np.array([width, height]) - np.ptp(seen, axis=0)
    shift = np.array([dice.random() * room[0], dice.random() * room[1]])
    seen += shift - seen.min(0)
    source = np.array([[0, 0], [columns, 0], [columns, rows], [0, rows]], np.float32)
    matrix = cv2.getPerspectiveTransform(source, seen.astype(np.float32))
    taps = 2
    matrix2 = np.diag([taps, taps, 1.0]) @ matrix
    ground = desk(dice, width, height)
    large = cv2.warpPerspective(page, matrix2, (width * taps, height * taps), flags=cv2.INTER_AREA)
    mask = cv2.warpPerspective(np.full(page.shape[:2], 255, np.uint8), matrix2, (width * taps, height * taps))
    drawn = cv2.resize(large, size, interpolation=cv2.INTER_AREA).astype(np.float32)
    mask = (cv2.resize(mask, size, interpolation=cv2.INTER_AREA) / 255.0)[..., None]
    picture = ground * (1 - mask) + drawn * mask
    return picture, seen


def damaged(dice, picture):
    height, width = picture.shape[:2]
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    seed = np.random.default_rng(dice.randint(0, 2**31))
    if dice.random() < 0.5:
        a = dice.uniform(0, 6.28)
        side = (x - width * dice.random()) * np.cos(a) + (y - height * dice.random()) * np.sin(a)
        depth = dice.uniform(0.2, 0.55)
        picture = picture * (1 - depth / (1 + np.exp(np.clip(-side / dice.uniform(2, 80), -50, 50))))[..., None]
    picture = picture * dice.uniform(0.55, 1.05)
    if dice.random() < 0.3:
        r = dice.uniform(0.03, 0.1) * width
        spot = np.exp(-((x - dice.uniform(0, width)) ** 2 + (y - dice.uniform(0, height)) ** 2) / (2 * r * r))
        picture = picture + dice.uniform(60, 200) * spot[..., None]
    blur = dice.uniform(0.3, 1.8)
    picture = cv2.GaussianBlur(picture, (0, 0), blur)
    picture = picture + seed.normal(0, dice.uniform(1, 6), picture.shape)
    picture = np.clip(picture, 0, 255).astype(np.uint8)
    _, data = cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, dice.randint(70, 95)])
    return cv2.imdecode(data, cv2.IMREAD_COLOR), blur


CONDITIONS = {
    "scan": None,
    "frame": (1280, 720),
    "still": (2000, 1500),
}


def fixtures(directory):
    """One photographed zone of each format, small enough to be committed."""
    rows = []
    for index, kind in enumerate(FORMATS):
        dice = random.Random(f"fixture {index}")
        lines = lines_of(dice, kind)
        size = (1000, 640)
        page = document(dice, kind, lines, size[0] / FORMATS[kind][0] * 1.5)
        picture, corners = photograph(dice, page, size)
        picture, _ = damaged(dice, picture)
        top = int(corners[:, 1].mean())
        grey = cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY)[top:]
        name = f"{kind.lower()}.jpg"
        cv2.imwrite(str(directory / name), grey, [cv2.IMWRITE_JPEG_QUALITY, 70])
        rows.append("\t".join([name, kind, *lines]))
    (directory / "truth.tsv").write_text("\n".join(rows) + "\n")


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("directory", type=pathlib.Path)
    arguments.add_argument("--count", type=int, default=60, help="pictures per condition")
    arguments.add_argument("--seed", type=int, default=1000)
    arguments.add_argument("--fixtures", action="store_true", help="the tests' few crops instead")
    options = arguments.parse_args()
    options.directory.mkdir(parents=True, exist_ok=True)
    cv2.setNumThreads(1)
    if options.fixtures:
        return fixtures(options.directory)
    rows = []
    for condition, size in CONDITIONS.items():
        for index in range(options.count):
            dice = random.Random(f"{options.seed} {condition} {index}")
            kind = list(FORMATS)[index % len(FORMATS)]
            lines = lines_of(dice, kind)
            width_mm = FORMATS[kind][0]
            if size is None:
                page = document(dice, kind, lines, 1200 / width_mm * 2)
                page = cv2.resize(page, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
                if dice.random() < 0.5:
                    noise = np.random.default_rng(index).normal(0, dice.uniform(0, 5), page.shape)
                    page = np.clip(page + noise, 0, 255).astype(np.uint8)
                    _, data = cv2.imencode(".jpg", page, [cv2.IMWRITE_JPEG_QUALITY, dice.randint(50, 95)])
                    page = cv2.imdecode(data, cv2.IMREAD_COLOR)
                if dice.random() < 0.3:
                    page = cv2.GaussianBlur(page, (0, 0), dice.uniform(0.4, 1.4))
                picture = page
                h, w = page.shape[:2]
                corners, blur = np.array([[0, 0], [w, 0], [w, h], [0, h]]), 0.0
            else:
                page = document(dice, kind, lines, size[0] / width_mm * 1.5)
                picture, corners = photograph(dice, page, size)
                picture, blur = damaged(dice, picture)
            grey = cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY)
            name = f"{condition}-{index:03}-{kind}.pgm"
            cv2.imwrite(str(options.directory / name), grey)
            places = ",".join(f"{value:.2f}" for value in np.asarray(corners).ravel())
            rows.append("\t".join([name, condition, kind, f"{blur:.2f}", places, *lines]))
    (options.directory / "truth.tsv").write_text("\n".join(rows) + "\n")


if __name__ == "__main__":
    main()
