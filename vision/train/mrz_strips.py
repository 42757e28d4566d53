"""Synthesises strips of machine-readable text as the reader's network sees them.

A strip is one line of text, 24 pixels high, contrast-normalised exactly as
`vision/src/mrz/strip.rs` does it. Only what the network sees is made here;
`mrz.py` trains on it, and `mrz_test.py` draws whole documents by other means.
"""

import cv2
import numpy as np
from PIL import Image, ImageDraw, ImageFont

ALPHABET = "<0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
BLANK = len(ALPHABET)
IGNORED = -100

HEIGHT = 24
WIDTH = 320
STRIDE = 4
# Height of a capital and distance between characters in a strip, in pixels.
CAPITAL = 15.0
PITCH = 16.0
# Half the width of the window that contrast is normalised in, in pixels.
WINDOW = 32
# Added to the standard deviation, in levels: keeps noise on bare paper small.
FLOOR = 6.0

FONT = "/usr/share/fonts/opentype/ocr-b/OCRB.otf"
OTHER_FONTS = [
    "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf",
    "/usr/share/fonts/truetype/dejavu/DejaVuSans-Bold.ttf",
    "/usr/share/fonts/truetype/dejavu/DejaVuSerif.ttf",
    "/usr/share/fonts/truetype/liberation/LiberationSans-Regular.ttf",
]
EM = 64
ADVANCE = 0.723 * EM


def normalised(strip):
    """Contrast-normalises a strip of levels, column by column."""
    strip = strip.astype(np.float32)
    width = strip.shape[1]
    sums = np.concatenate([[0.0], np.cumsum(strip.sum(0), dtype=np.float64)])
    squares = np.concatenate([[0.0], np.cumsum((strip * strip).sum(0), dtype=np.float64)])
    columns = np.arange(width)
    left = np.maximum(columns - WINDOW, 0)
    right = np.minimum(columns + WINDOW + 1, width)
    count = (right - left) * strip.shape[0]
    mean = (sums[right] - sums[left]) / count
    variance = (squares[right] - squares[left]) / count - mean * mean
    deviation = np.sqrt(np.maximum(variance, 0.0)) + FLOOR
    return ((strip - mean) / deviation).astype(np.float32)


class Glyphs:
    """Signed distances to the outline of every character, in em pixels."""

    def __init__(self):
        font = ImageFont.truetype(FONT, EM * 4)
        self.pad = EM // 4
        box = font.getbbox("H")
        self.top, self.bottom = box[1] / 4, box[3] / 4
        self.capital = self.bottom - self.top
        width = int(ADVANCE) + 1 + 2 * self.pad
        height = int(self.capital) + 2 * self.pad + EM // 4
        self.fields = []
        for character in ALPHABET:
            picture = Image.new("L", (width * 4, height * 4), 0)
            ImageDraw.Draw(picture).text(
                (self.pad * 4, (self.pad - self.top) * 4), character, font=font, fill=255
            )
            ink = (np.asarray(picture) > 127).astype(np.uint8)
            inside = cv2.distanceTransform(ink, cv2.DIST_L2, 5)
            outside = cv2.distanceTransform(1 - ink, cv2.DIST_L2, 5)
            field = (inside - outside) / 4
            field = cv2.resize(field, (width, height), interpolation=cv2.INTER_AREA)
            self.fields.append(field.astype(np.float32))

    def line(self, random, text, pitch, stroke):
        """Ink of a line of class indices (-1 is a space), 0 to 1, at em size."""
        height, width = self.fields[0].shape
        field = np.full((height + 8, int(pitch * len(text)) + width + 8), -99.0, np.float32)
        for index, character in enumerate(text):
            if character < 0:
                continue
            x = index * pitch + random.normal(0, 0.012) * EM
            y = 4 + int(np.clip(round(random.normal(0, 0.008) * EM), -3, 3))
            whole = int(x) + 4
            glyph = self.fields[character] + random.normal(0, 0.15)
            window = field[y : y + height, whole : whole + width]
            np.maximum(window, glyph, out=window)
        ink = np.clip(field + stroke + 0.5, 0.0, 1.0)
        # Centre of the first character and of the capitals' height.
        return ink, 4 + self.pad + ADVANCE / 2, 4 + self.pad + self.capital / 2


def text_of(random, length):
    """Class indices as they stand in documents, or at random."""
    kind = random.random()
    if kind < 0.45:
        text = random.integers(0, len(ALPHABET), length)
        if random.random() < 0.3:
            text[random.random(length) < 0.4] = 0
    elif kind < 0.7:
        # Names: letters between fillers.
        text = random.integers(11, 37, length)
        at = random.integers(2, 9)
        while at < length:
            run = random.choice([1, 1, 2, 2, length])
            text[at : at + run] = 0
            at += run + random.integers(2, 9)
    elif kind < 0.92:
        # Numbers, dates and codes.
        text = random.integers(1, 11, length)
        for _ in range(random.integers(0, 4)):
            at = random.integers(0, length)
            text[at : at + random.integers(1, 5)] = random.integers(11, 37)
        if random.random() < 0.5:
            at = random.integers(0, length)
            text[at : at + random.integers(1, length)] = 0
    else:
        # What is easily confused, side by side.
        pairs = "0OQD1I2Z5S8B6GCUVY4A7TKXMNHWLE3JPRF9"
        text = np.array([ALPHABET.index(pairs[i]) for i in random.integers(0, len(pairs), length)])
    return text


def paper(random, height, width, scale):
    """A background: light, shade, security print, in shares of white."""
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    ground = np.full((height, width), random.uniform(0.55, 1.0), np.float32)
    if random.random() < 0.6:
        ground += random.uniform(-0.35, 0.35) * (x / width - 0.5)
        ground += random.uniform(-0.15, 0.15) * (y / height - 0.5)
    for _ in range(random.choice([0, 0, 1, 2, 3])):
        angle = random.uniform(0, np.pi)
        wave = random.uniform(0.12, 1.6) * scale
        bend = random.uniform(0, 1.5) * np.sin(
            (x * np.sin(angle) - y * np.cos(angle)) * random.uniform(0.5, 4) / (3 * scale)
        )
        pattern = np.sin((x * np.cos(angle) + y * np.sin(angle)) * 2 * np.pi / wave + bend)
        if random.random() < 0.5:
            # Thin lines rather than waves.
            pattern = -np.maximum(0, pattern - random.uniform(0.3, 0.8)) * 2
        ground += random.uniform(0.01, 0.13) * pattern
    if random.random() < 0.5:
        blotch = random.normal(0, 1, (3 + height // 12, 3 + width // 12)).astype(np.float32)
        blotch = cv2.resize(blotch, (width, height), interpolation=cv2.INTER_CUBIC)
        ground += random.uniform(0.01, 0.08) * blotch
    if random.random() < 0.12:
        # The edge of a shadow, or of the document.
        edge = random.uniform(0, width) + (y - height / 2) * random.uniform(-1, 1)
        soft = random.uniform(0.5, 20)
        ground *= 1 - random.uniform(0.1, 0.7) / (1 + np.exp(np.clip((x - edge) / soft, -30, 30)))
    return ground


def other_text(random, glyphs):
    """A line in a font that is not the machine-readable one."""
    font = ImageFont.truetype(OTHER_FONTS[random.integers(len(OTHER_FONTS))], 52)
    letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 .,:/-"
    text = "".join(letters[i] for i in random.integers(0, len(letters), 40))
    picture = Image.new("L", (1400, int(glyphs.capital) + 2 * glyphs.pad + EM // 4 + 8), 0)
    ImageDraw.Draw(picture).text((8, 4 + glyphs.pad - 10), text, font=font, fill=255)
    return np.asarray(picture).astype(np.float32) / 255


def strip(random, glyphs):
    """One strip of levels and the class of every fourth column."""
    labels = np.full(WIDTH // STRIDE, BLANK, np.int64)
    kind = random.random()
    # Characters per capital height, as printed.
    pitch = ADVANCE * random.normal(1.0, 0.03)
    length = 30
    if kind < 0.03:
        ink, first, middle = np.zeros((100, 1500), np.float32), 20.0, 50.0
        text = np.full(length, -1)
    elif kind < 0.07:
        ink, first, middle = other_text(random, glyphs), 20.0, 4 + glyphs.pad + glyphs.capital / 2
        text = np.full(length, -1)
    else:
        text = text_of(random, length)
        if random.random() < 0.4:
            # An end of the line, with nothing or anything behind it.
            cut = random.integers(3, 20)
            if random.random() < 0.5:
                text[:cut] = -1
            else:
                text[-cut:] = -1
        ink, first, middle = glyphs.line(random, text, pitch, random.normal(0.0, 1.1))
    # Size of a capital in the camera's picture.
    camera = float(np.exp(random.uniform(np.log(8.5), np.log(30))))
    scale = camera / glyphs.capital
    slant = random.normal(0, 0.03)
    tilt = random.normal(0, 0.012)
    stretch = random.normal(1.0, 0.05)
    margin = 6.0
    forward = np.array(
        [
            [scale * stretch, -scale * slant, 0.0],
            [scale * tilt, scale, 0.0],
        ]
    )
    # The picture begins so that a random place of the text is at the left.
    start = first + random.uniform(-1.2, 9) * pitch
    corner = forward[:, :2] @ np.array([start, middle])
    height = int(2.2 * camera + 2 * margin)
    width = int(WIDTH * camera / CAPITAL * 1.15 + 2 * margin) + 4
    forward[:, 2] = np.array([margin, height / 2]) - corner
    # Area averaging by drawing twice as large.
    double = forward * 2
    shape = (width * 2, height * 2)
    drawn = cv2.warpAffine(
        ink, double, shape, flags=cv2.INTER_AREA if scale < 0.3 else cv2.INTER_LINEAR
    )
    drawn = cv2.resize(drawn, (width, height), interpolation=cv2.INTER_AREA)
    ground = paper(random, height, width, camera)
    black = random.uniform(0.02, 0.3) * ground + random.uniform(0, 0.12)
    picture = ground + (black - ground) * drawn * random.uniform(0.75, 1.0)
    if random.random() < 0.1:
        # Another line's feet or head, or a frame, close by.
        y = int(random.choice([random.uniform(0, 0.12), random.uniform(0.88, 1.0)]) * height)
        cv2.line(picture, (0, y), (width, y), random.uniform(0, 0.4), 1)
    if random.random() < 0.15:
        y, x = np.mgrid[0:height, 0:width].astype(np.float32)
        spot = np.exp(
            -((x - random.uniform(0, width)) ** 2 + 4 * (y - height / 2) ** 2)
            / (2 * (random.uniform(0.5, 4) * camera) ** 2)
        )
        picture += random.uniform(0.1, 0.8) * spot
    blur = random.choice([0.0, 1.0, 1.0]) * random.uniform(0.2, 0.15 * camera)
    if blur > 0.25:
        picture = cv2.GaussianBlur(picture, (0, 0), blur)
    if random.random() < 0.2:
        reach = random.uniform(1.2, 0.28 * camera)
        size = int(np.ceil(reach)) | 1
        kernel = np.zeros((size, size), np.float32)
        angle = random.uniform(0, np.pi)
        for step in np.linspace(-0.5, 0.5, 21):
            at = step * (size - 1)
            y = int(round(size // 2 + at * np.sin(angle)))
            x = int(round(size // 2 + at * np.cos(angle)))
            kernel[y, x] += 1
        picture = cv2.filter2D(picture, -1, kernel / kernel.sum())
    levels = picture * random.uniform(110, 255) + random.uniform(0, 30)
    levels += random.normal(0, 1, picture.shape) * random.choice([0.5, 2.0, 3.0, 4.0, 7.0])
    if random.random() < 0.2:
        # Sharpened by the camera.
        levels += random.uniform(0.3, 1.2) * (levels - cv2.GaussianBlur(levels, (0, 0), 1.2))
    levels = np.clip(levels, 0, 255).astype(np.uint8)
    if random.random() < 0.6:
        quality = int(random.uniform(30, 95))
        _, data = cv2.imencode(".jpg", levels, [cv2.IMWRITE_JPEG_QUALITY, quality])
        levels = cv2.imdecode(data, cv2.IMREAD_GRAYSCALE)
    # The reader's own sampling, with the errors of its estimates.
    vertical = CAPITAL / camera * random.normal(1.0, 0.08)
    across = PITCH / (pitch * scale * stretch) * random.normal(1.0, 0.06)
    left = margin + random.uniform(-0.5, 0.5)
    y0 = height / 2 + random.normal(0, 0.07) * camera
    tilted = -tilt / stretch + random.normal(0, 0.006)
    # From the strip to the picture.
    inverse = np.array(
        [
            [1 / across, 0.0, left],
            [-tilted / across, 1 / vertical, y0 - (HEIGHT / 2 - 0.5) / vertical],
        ]
    )
    taps = max(1, int(np.ceil(max(1 / across, 1 / vertical) - 0.1)))
    if taps == 1:
        sampled = cv2.warpAffine(
            levels,
            inverse,
            (WIDTH, HEIGHT),
            flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP,
            borderMode=cv2.BORDER_REPLICATE,
        )
    else:
        finer = inverse.copy()
        finer[:, :2] /= taps
        finer[:, 2] -= (inverse[:, :2] * (taps - 1) / (2 * taps)).sum(1)
        sampled = cv2.warpAffine(
            levels,
            finer,
            (WIDTH * taps, HEIGHT * taps),
            flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP,
            borderMode=cv2.BORDER_REPLICATE,
        )
        sampled = cv2.resize(sampled, (WIDTH, HEIGHT), interpolation=cv2.INTER_AREA)
    # The network's columns are centred on every fourth pixel.
    columns = np.arange(WIDTH // STRIDE) * STRIDE
    for index, character in enumerate(text):
        if character < 0:
            continue
        there = forward @ np.array([first + index * pitch, middle, 1.0])
        x = (there[0] - left) * across
        apart = np.abs(columns - x) / (pitch * scale * stretch * across)
        labels[apart <= 0.28] = character
        labels[(apart > 0.28) & (apart < 0.36)] = IGNORED
    return sampled, labels


def strips(seed, count):
    """`count` normalised strips and their labels; the same for the same seed."""
    random = np.random.default_rng(seed)
    glyphs = Glyphs()
    pictures = np.empty((count, HEIGHT, WIDTH), np.float16)
    labels = np.empty((count, WIDTH // STRIDE), np.int64)
    for index in range(count):
        levels, labels[index] = strip(random, glyphs)
        pictures[index] = normalised(levels)
    return pictures, labels
