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
//
//   in   { kind: "read", ticket, frame }
//        a picture with a machine-readable zone
//   out  { kind: "read", ticket, lines, ms }
//        those that can be relied on; often none
//
//   in   { kind: "barcode", ticket, frame }
//        a picture of the back of a driving licence
//   out  { kind: "barcode", ticket, text, ms }
//        null when it can't be read
//
//   in   { kind: "check", ticket, frame, document_type, is_front, country }
//        a picture that was taken, and what it should be of, in words of the
//        protocol
//   out  { kind: "checked", ticket, doubt }
//        what does not fit, by a name of DOUBTS, or null; what was read to know
//        that stays here
//
//   in   { kind: "flatten", ticket, frame, corners, aspect, longest }
//        a picture with a document, and its corners as above
//   out  { kind: "flattened", ticket, blob, width, height }
//        the document alone, as it is from the front
//
//   in   { kind: "prepare", ticket, frame, longest }
//        a picture as it came, a Blob, and the longest side to have in the end
//   out  { kind: "prepared", ticket, blob, width, height, shortest, ms }
//        an upright JPEG without metadata, its size, and the shorter side of
//        the picture as it came
//
//   out  { kind: "failed", ticket, reason }
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

// The same of one that fetches: what failed is tried again by the next caller.
const fetched = (make) => {
  let made;
  return () => (made ??= make().catch((error) => {
    made = undefined;
    throw error;
  }));
};

const opened = (start, file, Module) =>
  fetched(async () => {
    // Without it the page stays with its shutter: a twin without SIMD would be
    // twice the files for browsers that are too slow for it anyway.
    if (!WebAssembly.validate(SIMD)) throw new Error("no SIMD");
    const { memory } = await start({ module_or_path: new URL(file, import.meta.url) });
    return { module: new Module(), memory };
  });

const eyes = opened(startEyes, EYES_MODULE, Eyes);

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

// Puts a frame where it goes as it is, in one copy; whether that could be done.
// Not every browser turns a camera's colours into plain bytes on the way, and a
// frame that is to be turned or cropped is left to be drawn.
const copied = async (source, room) => {
  if (!self.VideoFrame || !(source instanceof VideoFrame)) return false;
  const { visibleRect: seen, displayWidth, displayHeight, rotation, flip } = source;
  if (seen?.width !== displayWidth || seen.height !== displayHeight || rotation || flip) return false;
  const layout = { format: "RGBA", colorSpace: "srgb" };
  try {
    if (source.allocationSize(layout) !== 4 * displayWidth * displayHeight) return false;
    await source.copyTo(room(), layout);
    return true;
  } catch {
    return false;
  }
};

// Copies a frame into the module's memory, scaled down where it is large.
const place = async ({ module, memory }, frame, most = MOST_PIXELS) => {
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
    const scale = Math.min(1, Math.sqrt(most / (wide * high)));
    const width = Math.round(wide * scale);
    const height = Math.round(high * scale);
    if (scale === 1 && (await copied(source, () => room(width, height)))) return;
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

// One after the other, where they share a module's buffer.
const inTurn = () => {
  let last = Promise.resolve();
  return (answer) => (question) => {
    const answered = last.then(() => answer(question));
    last = answered.catch(() => {});
    return answered;
  };
};

const seen = inTurn();

const answers = {
  look: seen(async ({ frame, at_ms, aspect, is_first }) => {
    const seeing = await eyes();
    await place(seeing, frame);
    const started = performance.now();
    const answer = seeing.module.look(at_ms, aspect ?? 0, is_first ?? false);
    const ms = performance.now() - started;
    if (is_first) stills().catch(() => {});
    return { kind: "looked", ...read(seeing, answer), ms };
  }),
  still: seen(async ({ frame, aspect }) => {
    const seeing = await eyes();
    await place(seeing, frame);
    const started = performance.now();
    const answer = seeing.module.judge(aspect ?? 0);
    const ms = performance.now() - started;
    return { kind: "looked", ...read(seeing, answer), ms };
  }),
};

// What is done with pictures once they are taken, fetched when the preview has
// been looked at.
const stills = fetched(async () => {
  const { answering } = await import(STILLS_SCRIPT);
  return answering({ opened, place, inTurn });
});

self.addEventListener("message", async ({ data }) => {
  const { kind, ticket } = data;
  try {
    const answer = answers[kind] ?? (await stills())[kind];
    self.postMessage({ ...(await answer(data)), ticket });
  } catch (error) {
    self.postMessage({ kind: "failed", ticket, reason: String(error) });
  }
});

// The page starts the worker to have the eyes ready.
eyes().catch((error) => self.postMessage({ kind: "failed", reason: String(error) }));
