// What the worker does with pictures once they are taken: prepares them to be
// sent, and reads what is printed for machines. A script of its own, because the
// preview needs none of it; worker.js says what comes in and goes out.

import startBarcode, { Barcode } from "./barcode.js";
import startReader, { Reader } from "./reader.js";

// Pixels of a picture that is read: 2000 by 1500. Print is fine.
const MOST_READ_PIXELS = 3_000_000;

const QUALITY = 0.92;

// The text in a picture, by one of the modules that read.
const textOf = async (open, place, frame) => {
  const reading = await open();
  await place(reading, frame, MOST_READ_PIXELS);
  const started = performance.now();
  const length = reading.module.read();
  const ms = performance.now() - started;
  const bytes = new Uint8Array(reading.memory.buffer, reading.module.text(), length);
  return { text: new TextDecoder().decode(bytes), ms };
};

// As in doubt.rs, by number.
const DOUBTS = [null, "other-type", "other-side", "other-country", "expired"];
const TYPES = ["PASSPORT", "NATIONAL_ID", "RESIDENCE_PERMIT", "DRIVING_LICENCE"];

// Who prints the bar code of the AAMVA, and on which cards.
const CODED = ["USA DRIVING_LICENCE", "USA STATE_ID", "CAN DRIVING_LICENCE", "CAN STATE_ID"];

const doubtOf = ({ document_type, is_front, country }, module) => {
  const type = TYPES.indexOf(document_type);
  const letters = [...country].reduce((sum, letter) => 256 * sum + letter.charCodeAt(), 0);
  const now = new Date();
  const today = 10_000 * now.getFullYear() + 100 * (now.getMonth() + 1) + now.getDate();
  return DOUBTS[module.doubt(type < 0 ? TYPES.length : type, is_front, letters, today)];
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
const decodedSmall = async (blob, size, longest) => {
  if (!size || !self.ImageDecoder || !navigator.userAgentData) return null;
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
  const size = await storedSize(blob);
  const source = (await decodedSmall(blob, size, longest)) ?? (await createImageBitmap(blob));
  try {
    const wide = source.displayWidth ?? source.width;
    const high = source.displayHeight ?? source.height;
    const shortest = size ? Math.min(size.width, size.height) : Math.min(wide, high);
    const scale = Math.min(1, longest / Math.max(wide, high));
    const width = Math.max(1, Math.round(wide * scale));
    const height = Math.max(1, Math.round(high * scale));
    const canvas = new OffscreenCanvas(width, height);
    const context = canvas.getContext("2d", { alpha: false, willReadFrequently: true });
    context.imageSmoothingQuality = "high";
    context.fillStyle = "#fff";
    context.fillRect(0, 0, width, height);
    context.drawImage(source, 0, 0, width, height);
    const made = await canvas.convertToBlob({ type: "image/jpeg", quality: QUALITY });
    return { blob: made, width, height, shortest };
  } finally {
    source.close();
  }
};

// The answers, by kind; they use what worker.js has for modules and frames.
export const answering = ({ opened, place, inTurn }) => {
  const reader = opened(startReader, READER_MODULE, Reader);
  const barcode = opened(startBarcode, BARCODE_MODULE, Barcode);
  const readings = inTurn();
  // By the time that there is a picture, the person should not wait for it.
  reader().catch(() => {});
  return {
    check: readings(async (asked) => {
      const isCoded = CODED.includes(`${asked.country} ${asked.document_type}`);
      const reading = await (isCoded ? barcode : reader)();
      await place(reading, asked.frame, MOST_READ_PIXELS);
      reading.module.read();
      return { kind: "checked", doubt: doubtOf(asked, reading.module) };
    }),
    flatten: readings(async ({ frame, corners, aspect, longest }) => {
      const reading = await reader();
      await place(reading, frame, MOST_READ_PIXELS);
      const size = reading.module.front(Float32Array.from(corners), aspect ?? 0, longest);
      if (!size) throw new Error("no document");
      const [width, height] = [size >>> 16, size & 0xffff];
      const start = reading.module.front_pixels();
      const pixels = new Uint8ClampedArray(reading.memory.buffer, start, width * height * 4);
      const canvas = new OffscreenCanvas(width, height);
      canvas.getContext("2d").putImageData(new ImageData(pixels, width, height), 0, 0);
      const blob = await canvas.convertToBlob({ type: "image/jpeg", quality: QUALITY });
      return { kind: "flattened", blob, width, height };
    }),
    read: readings(async ({ frame }) => {
      const { text, ms } = await textOf(reader, place, frame);
      return { kind: "read", lines: text ? text.split("\n") : [], ms };
    }),
    barcode: readings(async ({ frame }) => {
      const { text, ms } = await textOf(barcode, place, frame);
      return { kind: "barcode", text: text || null, ms };
    }),
    prepare: async ({ frame, longest }) => {
      const started = performance.now();
      const made = await prepared(frame, longest);
      return { kind: "prepared", ...made, ms: performance.now() - started };
    },
  };
};
