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

  const whole = async (blob) => new Uint8Array(await blob.arrayBuffer());

  window.contestant = {
    detect: (imageData) =>
      timed(async () => {
        const seen = await ask({ kind: "look", frame: imageData, at_ms: performance.now(), aspect: 0, is_first: true });
        return { corners: inPixels(seen.corners, imageData) };
      }),

    judge: (imageData) =>
      timed(async () => {
        const seen = await ask({ kind: "still", frame: imageData, aspect: 0 });
        return { reasons: seen.reasons ?? [] };
      }),

    readMrz: async (imageData) => (await ask({ kind: "read", frame: imageData })).lines ?? [],

    readPdf417: async (imageData) => (await ask({ kind: "barcode", frame: imageData })).text ?? null,

    prepare: (blob) => timed(async () => ({ blob: (await ask({ kind: "prepare", blob })).blob })),

    stripExif: async (blob) => (await ask({ kind: "strip", blob })).blob,
  };
})();
