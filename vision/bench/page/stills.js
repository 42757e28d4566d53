// Stills: a photograph of twelve megapixels, lying, with EXIF, becomes an upright
// JPEG of at most 2000 pixels without EXIF.

import { likeness, median, pixels, script, watched } from "./measure.js";
import { isOursThere, ours } from "./ours.js";
import { fetchedBy, say } from "./talk.js";

const LONGER_PX = 2000;
const QUALITY = 0.92;

// The least that a page can do: the browser decodes, scales while it draws, and
// encodes.
const floor = async () => async (file) => {
  const address = URL.createObjectURL(file);
  const image = new Image();
  image.src = address;
  await image.decode();
  URL.revokeObjectURL(address);
  const scale = Math.min(1, LONGER_PX / Math.max(image.naturalWidth, image.naturalHeight));
  const canvas = new OffscreenCanvas(Math.round(image.naturalWidth * scale), Math.round(image.naturalHeight * scale));
  canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
  return canvas.convertToBlob({ type: "image/jpeg", quality: QUALITY });
};

const compressor = async () => {
  await script("/npm/compressorjs/dist/compressor.min.js");
  return (file) =>
    new Promise((success, error) => {
      new window.Compressor(file, { maxWidth: LONGER_PX, maxHeight: LONGER_PX, quality: QUALITY, success, error });
    });
};

const imageCompression = async () => {
  await script("/npm/browser-image-compression/dist/browser-image-compression.js");
  return (file) =>
    window.imageCompression(file, {
      maxWidthOrHeight: LONGER_PX,
      initialQuality: QUALITY,
      useWebWorker: false,
      fileType: "image/jpeg",
    });
};

const contestants = (plan) => [
  ["<img> + canvas", floor],
  ...(isOursThere(plan) ? [["ours", async () => async (file) => (await (await ours()).prepare(file)).blob]] : []),
  ["compressorjs", compressor],
  ["browser-image-compression", imageCompression],
];

// Bytes of EXIF in a JPEG. An orientation alone takes 34, and may stay where
// not a pixel is touched: without it the picture would lie on its side.
const ORIENTATION_ALONE = 36;
const exifBytes = (bytes) => {
  for (let at = 2; bytes[at] === 0xff && bytes[at + 1] !== 0xda; ) {
    const length = bytes[at + 2] * 256 + bytes[at + 3];
    if (bytes[at + 1] === 0xe1) return length;
    at += 2 + length;
  }
  return 0;
};

const bytesOf = async (blob) => new Uint8Array(await blob.arrayBuffer());

export const stills = async (plan) => {
  const blob = await (await fetch(plan.still.url)).blob();
  const file = new File([blob], "still.jpg", { type: "image/jpeg" });
  const reference = await pixels(await (await fetch(plan.still.reference_url)).blob());
  const running = [];
  for (const [name, load] of contestants(plan)) {
    await fetchedBy(name);
    try {
      const prepare = await load();
      await prepare(file);
      running.push({ name, prepare, ms: [], longest: [] });
    } catch (error) {
      say(`${name}: ${error}`);
      running.push({ name, error: String(error) });
    }
  }
  await fetchedBy("");
  for (let round = 0; round < plan.still_rounds; round++) {
    for (const contestant of running.filter(({ error }) => !error)) {
      const { result, ms, longest_task_ms } = await watched(() => contestant.prepare(file));
      contestant.ms.push(ms);
      contestant.longest.push(longest_task_ms);
      contestant.last = result;
    }
  }
  const prepared = [];
  for (const { name, error, ms, longest, last } of running) {
    if (error) {
      prepared.push({ name, error });
      continue;
    }
    const picture = await pixels(last);
    prepared.push({
      name,
      ms: median(ms),
      longest_task_ms: median(longest),
      bytes: last.size,
      psnr_db: likeness(picture, reference),
      size_px: [picture.width, picture.height],
      has_exif: exifBytes(await bytesOf(last)) > 0,
    });
  }
  return { prepared, stripped: await stripped(plan, file) };
};

// Taking EXIF off without touching a pixel.
const stripped = async (plan, file) => {
  if (!isOursThere(plan)) return null;
  const { stripExif } = await ours();
  try {
    const ms = [];
    let out = await stripExif(file);
    for (let round = 0; round < 9; round++) {
      const from = performance.now();
      out = await stripExif(file);
      ms.push(performance.now() - from);
    }
    const [before, after] = [await bytesOf(file), await bytesOf(out)];
    // Lossless: from the first scan on, every byte is the same. A camera's file
    // has nothing but pixels there.
    const kept = after.subarray(Math.max(0, after.length - Math.floor(before.length / 2)));
    const tail = before.subarray(before.length - kept.length);
    return {
      ms: median(ms),
      bytes: after.length,
      has_exif: exifBytes(after) > ORIENTATION_ALONE,
      is_lossless: kept.every((byte, at) => byte === tail[at]),
    };
  } catch (error) {
    say(`stripExif: ${error}`);
    return { error: String(error) };
  }
};
