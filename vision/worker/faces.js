// The worker that looks for faces: frames in, boxes out, nothing else.
//
// Apart from worker.js, because who has a face to show may have no document to
// show, and the other way round: neither fetches what the other sees with.
//
//   in   { ticket, frame }
//        a frame of the preview (VideoFrame or ImageBitmap); transferred, and
//        closed here
//   out  { ticket, faces, ms }
//        faces: seven numbers for each, two faces at most: left, top, width and
//        height as shares of the frame, tilt in degrees, the luma of its
//        brightest parts, the share of it that is white
//        { failed }
//        why there will be no answers at all
//
// `cargo xtask build` bundles this file with the module's glue and fills in
// where the module and its weights are.

import startFace, { Faces } from "./face.js";

// The finder sees 128 pixels; twice as many leave it to average them well.
const LONGEST_PX = 256;

const FACE_LENGTH = 7;

const open = async () => {
  const [{ memory }, weights] = await Promise.all([
    startFace({ module_or_path: new URL(FACE_MODULE, import.meta.url) }),
    fetch(new URL(FACE_WEIGHTS, import.meta.url)).then((answer) => answer.arrayBuffer()),
  ]);
  const faces = Faces.open(new Uint8Array(weights));
  if (!faces) throw new Error("these are not the weights");
  const board = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
  return { faces, memory, board };
};

const look = ({ faces, memory, board }, frame) => {
  const wide = frame.displayWidth ?? frame.width;
  const high = frame.displayHeight ?? frame.height;
  const scale = Math.min(1, LONGEST_PX / Math.max(wide, high));
  const width = Math.max(1, Math.round(wide * scale));
  const height = Math.max(1, Math.round(high * scale));
  const { canvas } = board;
  if (canvas.width !== width || canvas.height !== height) {
    canvas.width = width;
    canvas.height = height;
    // Setting the size forgets it.
    board.imageSmoothingQuality = "medium";
  }
  board.drawImage(frame, 0, 0, width, height);
  const { data } = board.getImageData(0, 0, width, height);
  // First: making room may move the memory to another buffer.
  const start = faces.frame(width, height);
  new Uint8Array(memory.buffer, start, data.length).set(data);
  const began = performance.now();
  const n_faces = faces.look();
  const ms = performance.now() - began;
  const numbers = new Float32Array(memory.buffer, faces.numbers(), n_faces * FACE_LENGTH);
  return { faces: [...numbers], ms };
};

const opened = open();
opened.catch((error) => self.postMessage({ failed: String(error) }));

self.addEventListener("message", async ({ data: { ticket, frame } }) => {
  try {
    self.postMessage({ ticket, ...look(await opened, frame) });
  } catch (error) {
    self.postMessage({ failed: String(error) });
  } finally {
    frame.close();
  }
});
