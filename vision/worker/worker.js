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
//   in   { kind: "prepare", ticket, frame, longest }
//        a picture as it came, a Blob, and the longest side to have in the end
//   out  { kind: "prepared", ticket, blob, width, height, ms }
//        an upright JPEG without metadata, and its size
//
//   out  { kind: "failed", ticket, reason }
//        this answer will not come; without a ticket: none will
//
// `frame` is a VideoFrame, an ImageBitmap, a Blob or an ImageData.
//
// `cargo xtask build` bundles this file with the modules' glue and fills in
// where the modules are.

import startBarcode, { Barcode } from "./barcode.js";
import startEyes, { Eyes } from "./eyes.js";
import startReader, { Reader } from "./reader.js";

// Pixels of a frame that the eyes are given: 1280 by 720, whatever its shape.
// More tells them nothing, and costs time and memory on every frame.
const MOST_PIXELS = 921_600;

// Pixels of a picture that is read: 2000 by 1500. Print is fine.
const MOST_READ_PIXELS = 3_000_000;

const QUALITY = 0.92;

// A module that adds two vectors: four bytes of code that only SIMD knows.
const SIMD = Uint8Array.of(
  0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 10, 1, 8, 0, 65, 0, 253, 15, 253, 98, 11,
);

// The result of a function that is called once at most.
const once = (make) => {
  let made;
  return () => (made ??= make());
};

const opened = (start, file, Module) =>
  once(async () => {
    // Without it the page stays with its shutter: a twin without SIMD would be
    // twice the files for browsers that are too slow for it anyway.
    if (!WebAssembly.validate(SIMD)) throw new Error("no SIMD");
    const { memory } = await start({ module_or_path: new URL(file, import.meta.url) });
    return { module: new Module(), memory };
  });

const eyes = opened(startEyes, EYES_MODULE, Eyes);
const reader = opened(startReader, READER_MODULE, Reader);
const barcode = opened(startBarcode, BARCODE_MODULE, Barcode);

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

// Whether a frame could be put where it goes as it is, in one copy. Not every
// browser turns a camera's colours into plain bytes on the way, and a frame that
// is to be turned or cropped is left to be drawn.
const isCopied = async (source, room) => {
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
    if (scale === 1 && (await isCopied(source, () => room(width, height)))) return;
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

// The text in a picture, by one of the modules that read.
const textOf = async (open, frame) => {
  const reading = await open();
  await place(reading, frame, MOST_READ_PIXELS);
  const started = performance.now();
  const length = reading.module.read();
  const ms = performance.now() - started;
  const bytes = new Uint8Array(reading.memory.buffer, reading.module.text(), length);
  return { text: new TextDecoder().decode(bytes), ms };
};

// The size of a JPEG as it is stored: its first frame header (ITU-T T.81
// B.2.2), which comes after any thumbnail and before the first scan.
const HEAD_BYTES = 262_144;
const storedSize = async (blob) => {
  const head = new DataView(await blob.slice(0, HEAD_BYTES).arrayBuffer());
  if (head.byteLength < 4 || head.getUint16(0) !== 0xffd8) return null;
  let at = 2;
  while (at + 9 <= head.byteLength && head.getUint8(at) === 0xff) {
    const marker = head.getUint8(at + 1);
    // Of the sixteen, three define tables and are no frame headers.
    if (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)) {
      return { width: head.getUint16(at + 7), height: head.getUint16(at + 5) };
    }
    at += 2 + head.getUint16(at + 2);
  }
  return null;
};

// A JPEG is stored in blocks of 8 by 8 waves: leaving out the fine ones gives
// a picture of n eighths for a fraction of the work. Only Chromium is known to
// turn upright what its decoder gives; null for others, and other pictures.
const decodedSmall = async (blob, longest) => {
  if (!self.ImageDecoder || !navigator.userAgentData) return null;
  const size = await storedSize(blob);
  if (!size) return null;
  const eighths = Math.ceil((8 * longest) / Math.max(size.width, size.height));
  if (!(eighths <= 8)) return null;
  const decoder = new ImageDecoder({
    data: blob.stream(),
    type: "image/jpeg",
    desiredWidth: Math.ceil((size.width * eighths) / 8),
    desiredHeight: Math.ceil((size.height * eighths) / 8),
  });
  try {
    return (await decoder.decode()).image;
  } catch {
    return null;
  } finally {
    decoder.close();
  }
};

const prepared = async (blob, longest) => {
  const source = (await decodedSmall(blob, longest)) ?? (await createImageBitmap(blob));
  try {
    const wide = source.displayWidth ?? source.width;
    const high = source.displayHeight ?? source.height;
    const scale = Math.min(1, longest / Math.max(wide, high));
    const width = Math.max(1, Math.round(wide * scale));
    const height = Math.max(1, Math.round(high * scale));
    const canvas = new OffscreenCanvas(width, height);
    const context = canvas.getContext("2d", { alpha: false, willReadFrequently: true });
    context.imageSmoothingQuality = "high";
    context.fillStyle = "#fff";
    context.fillRect(0, 0, width, height);
    context.drawImage(source, 0, 0, width, height);
    return { blob: await canvas.convertToBlob({ type: "image/jpeg", quality: QUALITY }), width, height };
  } finally {
    source.close();
  }
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
  read: inTurn()(async ({ frame }) => {
    const { text, ms } = await textOf(reader, frame);
    return { kind: "read", lines: text ? text.split("\n") : [], ms };
  }),
  barcode: inTurn()(async ({ frame }) => {
    const { text, ms } = await textOf(barcode, frame);
    return { kind: "barcode", text: text || null, ms };
  }),
  prepare: async ({ frame, longest }) => {
    const started = performance.now();
    const made = await prepared(frame, longest);
    return { kind: "prepared", ...made, ms: performance.now() - started };
  },
};

self.addEventListener("message", async ({ data }) => {
  const { kind, ticket } = data;
  try {
    self.postMessage({ ...(await answers[kind](data)), ticket });
  } catch (error) {
    self.postMessage({ kind: "failed", ticket, reason: String(error) });
  }
});

// The page starts the worker to have the eyes ready.
eyes().catch((error) => self.postMessage({ kind: "failed", reason: String(error) }));
