"""Draws labelled camera frames for `vision/examples/evaluate.rs`:
`python vision/train/validate.py FILE [COUNT]`.

The drawing is the trainer's (`scenes.py`), with documents and a seed that
training does not use, at the size of a camera frame.
"""

import struct
import sys

import cv2
import numpy as np

import scenes

SEED = 424_242
SIZES = [(640, 360), (540, 405), (480, 480)]


def main():
    path, count = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 240
    rng = np.random.default_rng(SEED)
    pool = scenes.backgrounds(rng, 60, 150)
    documents = [scenes.document(rng) for _ in range(150)]
    things = [scenes.thing(rng) for _ in range(60)]
    with open(path, "wb") as file:
        for index in range(count):
            picture, corners = scenes.scene(rng, pool, documents, things, SIZES[index % len(SIZES)])
            corners = np.full((4, 2), np.nan) if corners is None else corners * 2
            if index % 2:
                picture, corners = picture.transpose(1, 0, 2), corners[:, ::-1]
            file.write(struct.pack("<II", picture.shape[1], picture.shape[0]))
            file.write(np.ascontiguousarray(corners, dtype="<f4").tobytes())
            file.write(cv2.cvtColor(np.ascontiguousarray(picture), cv2.COLOR_BGR2RGBA).tobytes())


if __name__ == "__main__":
    main()
