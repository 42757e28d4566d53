// Our side of a comparison: what the client's worker does, behind six functions.
//
// `cargo xtask bench --contestant DIR` puts this file next to the worker and the
// modules as they are shipped. It can be loaded by <script> and by
// <script type="module">, from any address; it sets `window.contestant`:
//
//   detect(imageData)     → { corners: [[x, y] × 4] | null, ms }
//   judge(imageData)      → { reasons: string[], ms }
//   readMrz(imageData)    → string[]
//   readPdf417(imageData) → string | null
//   prepare(blob)         → { blob, ms }
//   stripExif(blob)       → Blob
//
// Corners are in pixels, clockwise, from the document's top left. `ms` is what
// the caller waits for, the way to the worker and back included.
(() => {
  // A module has no current script, and a script must not say import.meta.
  const ownAddress = () => {
    if (document.currentScript?.src) return document.currentScript.src;
    const stack = String(new Error().stack).match(/(?:https?|file):\/\/[^\s)]+?\.js(?:\?[^\s):]*)?/);
    return stack ? stack[0] : document.baseURI;
  };
  const address = new URL("WORKER_FILE", ownAddress());

  const started = () => {
    if (address.origin === location.origin) return new Worker(address, { type: "module" });
    // A worker has to come from the page's own origin; what it imports need not.
    const text = `import ${JSON.stringify(address.href)};`;
    const blob = new Blob([text], { type: "text/javascript" });
    return new Worker(URL.createObjectURL(blob), { type: "module" });
  };

  let worker;
  let nextTicket = 1;
  const waiting = new Map();

  const fail = (reason) => {
    for (const { reject } of waiting.values()) reject(new Error(reason));
    waiting.clear();
  };

  const ask = (message, transfer = []) =>
    new Promise((resolve, reject) => {
      if (!worker) {
        worker = started();
        worker.addEventListener("message", ({ data }) => {
          if (data.ticket === undefined) {
            if (data.kind === "failed") fail(data.reason);
            return;
          }
          const asked = waiting.get(data.ticket);
          waiting.delete(data.ticket);
          if (data.kind === "failed") asked?.reject(new Error(data.reason));
          else asked?.resolve(data);
        });
        worker.addEventListener("error", (event) => fail(event.message || "the worker does not start"));
      }
      const ticket = nextTicket++;
      waiting.set(ticket, { resolve, reject });
      worker.postMessage({ ...message, ticket }, transfer);
    });

  const timed = async (work) => {
    const from = performance.now();
    const result = await work();
    return { ...result, ms: performance.now() - from };
  };

  const inPixels = (shares, { width, height }) =>
    shares && [0, 1, 2, 3].map((corner) => [shares[2 * corner] * width, shares[2 * corner + 1] * height]);

  // What cannot be read is nothing read: a module that fails is told to the
  // console and not to the one who compares.
  const readBy = async (message) => {
    try {
      return await ask(message);
    } catch (error) {
      console.warn(String(error));
      return {};
    }
  };

  // The worker does it; where that fails, as src/web/picture.rs does it: the
  // browser decodes, turns and encodes.
  const LONGEST_PX = 2000;
  const QUALITY = 0.92;
  const shrunk = async (blob) => {
    const bitmap = await createImageBitmap(blob);
    const scale = Math.min(1, LONGEST_PX / Math.max(bitmap.width, bitmap.height));
    const canvas = new OffscreenCanvas(Math.round(bitmap.width * scale), Math.round(bitmap.height * scale));
    const context = canvas.getContext("2d");
    context.imageSmoothingQuality = "high";
    context.fillStyle = "#fff";
    context.fillRect(0, 0, canvas.width, canvas.height);
    context.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
    bitmap.close();
    return canvas.convertToBlob({ type: "image/jpeg", quality: QUALITY });
  };

  const prepared = async (blob) => {
    try {
      return (await ask({ kind: "prepare", frame: blob, longest: LONGEST_PX })).blob;
    } catch (error) {
      console.warn(String(error));
      return shrunk(blob);
    }
  };

  // JPEG (ITU-T T.81 B.1.1): segments until the first scan, of which those that
  // speak of anything but the pixels go. APP0 is JFIF, APP2 may be a colour
  // profile, APP14 says how colours are stored.
  const HEAD_BYTES = 262_144;
  const KEPT = new Set([0xe0, 0xe2, 0xee]);
  const withoutMetadata = async (blob) => {
    for (let size = HEAD_BYTES; ; size *= 4) {
      const head = new Uint8Array(await blob.slice(0, size).arrayBuffer());
      if (head[0] !== 0xff || head[1] !== 0xd8) throw new Error("not a JPEG");
      const parts = [head.subarray(0, 2)];
      let at = 2;
      while (at + 4 <= head.length && head[at] === 0xff && head[at + 1] !== 0xda) {
        const marker = head[at + 1];
        const end = at + 2 + head[at + 2] * 256 + head[at + 3];
        if (end > head.length) break;
        const isMetadata = marker === 0xfe || (marker >= 0xe0 && marker <= 0xef && !KEPT.has(marker));
        if (!isMetadata) parts.push(head.subarray(at, end));
        at = end;
      }
      if (head[at + 1] === 0xda) return new Blob([...parts, blob.slice(at)], { type: "image/jpeg" });
      if (size >= blob.size) throw new Error("a damaged JPEG");
    }
  };

  // As the client hands over the frames of its camera, where there are such.
  const framed = (imageData) => {
    if (!window.VideoFrame) return { frame: imageData, transfer: [] };
    const { width, height, data } = imageData;
    const layout = { format: "RGBX", codedWidth: width, codedHeight: height, timestamp: 0 };
    const frame = new VideoFrame(data, layout);
    return { frame, transfer: [frame] };
  };

  window.contestant = {
    detect: (imageData) =>
      timed(async () => {
        const { frame, transfer } = framed(imageData);
        const seen = await ask({ kind: "look", frame, at_ms: performance.now(), aspect: 0, is_first: true }, transfer);
        return { corners: inPixels(seen.corners, imageData) };
      }),

    judge: (imageData) =>
      timed(async () => {
        const seen = await ask({ kind: "still", frame: imageData, aspect: 0 });
        return { reasons: seen.reasons ?? [] };
      }),

    readMrz: async (imageData) => (await readBy({ kind: "read", frame: imageData })).lines ?? [],

    readPdf417: async (imageData) => (await readBy({ kind: "barcode", frame: imageData })).text ?? null,

    prepare: (blob) => timed(async () => ({ blob: await prepared(blob) })),

    stripExif: async (blob) => withoutMetadata(blob),
  };
})();
