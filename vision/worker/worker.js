// The worker that looks at pictures: messages in, answers out, nothing else.
//
// It runs beside the page, so that looking never makes the page stutter. What
// sees is in WebAssembly modules (vision/worker/src/bin); each is fetched when
// it is first needed, except for the eyes, for which the page starts the worker
// ahead of time.
//
// A picture is copied once: from the browser's frame into the module's memory,
// in a buffer that the module keeps from frame to frame.
//
//   in   { kind: "look", ticket, frame, at_ms, aspect, is_first }
//        a frame of the preview; transferred, and closed here
//        { kind: "still", ticket, frame, aspect }
//        a picture by itself, judged as strictly as it can be
//   out  { kind: "looked", ticket, corners, hint, take, sharpness, reasons, ms }
//        corners: eight shares of the frame, clockwise from the one that is top
//        left, or null; hint: a name of HINTS; reasons: all that is wrong with a
//        still, by name; ms: what the module itself took
//        { kind: "failed", ticket, reason }
//        this answer will not come; without a ticket: none will
//
// `frame` is a VideoFrame, an ImageBitmap, a Blob or an ImageData.
//
// `cargo xtask build` bundles this file with the modules' glue and fills in
// where the modules are.

import startEyes, { Eyes } from "./eyes.js";

// Pixels of a frame that the eyes are given: 1280 by 720, whatever its shape.
// More tells them nothing, and costs time and memory on every frame.
const MOST_PIXELS = 921_600;

// A module that adds two vectors: four bytes of code that only SIMD knows.
const SIMD = Uint8Array.of(
  0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 10, 1, 8, 0, 65, 0, 253, 15, 253, 98, 11,
);

// The result of a function that is called once at most.
const once = (make) => {
  let made;
  return () => (made ??= make());
};

const eyes = once(async () => {
  // Without it the page stays with its shutter: a twin without SIMD would be
  // twice the files for browsers that are too slow for it anyway.
  if (!WebAssembly.validate(SIMD)) throw new Error("no SIMD");
  const { memory } = await startEyes({ module_or_path: new URL(EYES_MODULE, import.meta.url) });
  return { module: new Eyes(), memory };
});

// Scales and reads back what does not come as plain bytes. On the processor,
// because every pixel is wanted there at once.
const board = once(() => new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true }));

const drawn = (source, width, height) => {
  const context = board();
  if (context.canvas.width !== width || context.canvas.height !== height) {
    context.canvas.width = width;
    context.canvas.height = height;
  }
  context.drawImage(source, 0, 0, width, height);
  return context.getImageData(0, 0, width, height).data;
};

// Copies a frame into the module's memory, scaled down where it is large.
const place = async ({ module, memory }, frame) => {
  const room = (width, height) => {
    // First: making room may move the memory to another buffer.
    const start = module.frame(width, height);
    return new Uint8ClampedArray(memory.buffer, start, width * height * 4);
  };
  if (frame instanceof ImageData) {
    room(frame.width, frame.height).set(frame.data);
    return;
  }
  const source = frame instanceof Blob ? await createImageBitmap(frame) : frame;
  try {
    const wide = source.displayWidth ?? source.width;
    const high = source.displayHeight ?? source.height;
    const scale = Math.min(1, Math.sqrt(MOST_PIXELS / (wide * high)));
    const width = Math.round(wide * scale);
    const height = Math.round(high * scale);
    const pixels = drawn(source, width, height);
    room(width, height).set(pixels);
  } finally {
    source.close();
  }
};

// As in answer.rs, by number.
const HINTS = [
  null,
  "too-dark",
  "too-bright",
  "no-document",
  "no-detail",
  "cut-off",
  "too-small",
  "wrong-shape",
  "tilted",
  "glare",
  "covered",
  "moved",
  "blurred",
  "hold",
  "copy"
];

const ANSWER_LENGTH = 13;

// The numbers of an answer, in the order of answer.rs.
const read = ({ memory }, place) => {
  const numbers = new Float32Array(memory.buffer, place, ANSWER_LENGTH);
  const [isFound, hint, take, sharpness, reasons, ...corners] = numbers;
  return {
    corners: isFound ? corners : null,
    hint: HINTS[hint],
    take: take === 1,
    sharpness,
    reasons: HINTS.filter((_, number) => reasons & (1 << number)),
  };
};

const answers = {
  look: async ({ frame, at_ms, aspect, is_first }) => {
    const seeing = await eyes();
    await place(seeing, frame);
    const started = performance.now();
    const answer = seeing.module.look(at_ms, aspect ?? 0, is_first ?? false);
    const ms = performance.now() - started;
    return { kind: "looked", ...read(seeing, answer), ms };
  },
  still: async ({ frame, aspect }) => {
    const seeing = await eyes();
    await place(seeing, frame);
    const started = performance.now();
    const answer = seeing.module.judge(aspect ?? 0);
    const ms = performance.now() - started;
    return { kind: "looked", ...read(seeing, answer), ms };
  },
};

// One after the other: they share the module's buffer.
let queue = Promise.resolve();

self.addEventListener("message", ({ data }) => {
  const { kind, ticket } = data;
  queue = queue.then(async () => {
    try {
      self.postMessage({ ...(await answers[kind](data)), ticket });
    } catch (error) {
      self.postMessage({ kind: "failed", ticket, reason: String(error) });
    }
  });
});

// The page starts the worker to have the eyes ready.
eyes().catch((error) => self.postMessage({ kind: "failed", reason: String(error) }));
