// Corners: every contestant on every picture, one right after the other, so
// that a busy machine is busy for all of them.

import { mean, median, overlap, picture, quantile, share, sizeOf } from "./measure.js";
import { jscanify, textbook } from "./opencv.js";
import { isOursThere, ours } from "./ours.js";
import { fetchedBy, say } from "./talk.js";

const RIGHT = 0.9;
const VERY_RIGHT = 0.95;
const WRONG = 0.7;
// What a camera's preview gives: 1280 by 720.
const FRAME_PIXELS = 921_600;

// A preview's frames follow each other, so what counts is not the first call
// after the others had the processor: the median of so many, unless they take
// longer than this together.
const CALLS = 3;
const CALLS_MS = 100;

const scanic = async (options) => {
  const { Scanner } = await import("/npm/scanic/dist/scanic.js");
  const scanner = new Scanner();
  await scanner.initialize();
  return async (imageData) => {
    const { success, corners } = await scanner.scan(imageData, { mode: "detect", ...options });
    if (!success || !corners) return null;
    return [corners.topLeft, corners.topRight, corners.bottomRight, corners.bottomLeft].map(({ x, y }) => [x, y]);
  };
};

const contestants = (plan) => [
  ...(isOursThere(plan)
    ? [["ours", async () => async (imageData) => (await (await ours()).detect(imageData)).corners]]
    : []),
  ["jscanify", jscanify],
  ["textbook OpenCV", textbook],
  ["scanic classical", () => scanic({})],
  ...(plan.scanic_ml ? [["scanic learned", () => scanic({ detector: "ml", ml: { assetBaseUrl: "/scanic-ml/", numThreads: 1 } })]] : []),
];

export const corners = async (plan) => {
  const pictures = plan.composites.concat(plan.empty, await scaled(plan.external));
  const first = await picture(pictures[0].url, FRAME_PIXELS);
  const running = [];
  for (const [name, load] of contestants(plan)) {
    await fetchedBy(name);
    try {
      say(`loading ${name}`);
      const from = performance.now();
      const detect = await load();
      const load_ms = performance.now() - from;
      await detect(first);
      const first_ms = performance.now() - from - load_ms;
      // The first calls of anything are slow; they are told apart.
      for (let round = 0; round < 2; round++) await detect(first);
      running.push({ name, detect, load_ms, first_ms, answers: [] });
    } catch (error) {
      say(`${name}: ${error}`);
      running.push({ name, error: String(error), answers: [] });
    }
  }
  await fetchedBy("");

  for (const [number, { url }] of pictures.entries()) {
    if (number % 50 === 49) say(`corners: picture ${number + 1} of ${pictures.length}`);
    const imageData = await picture(url, FRAME_PIXELS);
    // A different one begins each time.
    for (let turn = 0; turn < running.length; turn++) {
      const contestant = running[(number + turn) % running.length];
      if (contestant.error) continue;
      let answer = null;
      const calls_ms = [];
      try {
        const began = performance.now();
        do {
          const from = performance.now();
          answer = await contestant.detect(imageData);
          calls_ms.push(performance.now() - from);
        } while (calls_ms.length < CALLS && performance.now() - began < CALLS_MS);
      } catch (error) {
        contestant.failures = (contestant.failures ?? 0) + 1;
        contestant.failure ??= String(error);
      }
      contestant.answers[number] = { ms: median(calls_ms), corners: answer };
    }
  }
  return running.map((contestant) => summed(contestant, pictures));
};

// Labels are in the pixels of the file; the frame may be smaller.
const scaled = (pictures) =>
  Promise.all(
    pictures.map(async (truth) => {
      const [width, height] = await sizeOf(truth.url);
      const scale = Math.min(1, Math.sqrt(FRAME_PIXELS / (width * height)));
      const [x, y] = [Math.round(width * scale) / width, Math.round(height * scale) / height];
      return { ...truth, corners: truth.corners && truth.corners.map((corner) => [corner[0] * x, corner[1] * y]) };
    }),
  );

const summed = ({ name, error, failures, failure, load_ms, first_ms, answers }, pictures) => {
  if (error) return { name, error };
  const rows = pictures.map((truth, number) => {
    const { ms, corners } = answers[number];
    const iou = truth.corners && (corners ? overlap(corners, truth.corners) : 0);
    return { file: truth.file, set: truth.set, tags: truth.tags, ms, is_given: corners !== null, iou, corners };
  });
  const of = (set) => rows.filter((row) => row.set === set);
  const ms = rows.map((row) => row.ms);
  const result = {
    name,
    failures: failures ?? 0,
    failure,
    load_ms,
    first_ms,
    ms: median(ms),
    ms_p90: quantile(ms, 0.9),
    composites: scored(of("composites")),
    external: scored(of("external").filter((row) => row.iou !== null)),
    empty_given: share(of("empty").concat(of("external").filter((row) => row.iou === null)), (row) => row.is_given),
    by_tag: {},
    rows,
  };
  for (const tag of new Set(of("composites").flatMap((row) => row.tags))) {
    result.by_tag[tag] = scored(of("composites").filter((row) => row.tags.includes(tag)));
  }
  return result;
};

const scored = (rows) =>
  rows.length === 0
    ? null
    : {
        count: rows.length,
        iou: mean(rows.map((row) => row.iou)),
        right: share(rows, (row) => row.iou > RIGHT),
        very_right: share(rows, (row) => row.iou > VERY_RIGHT),
        wrong: share(rows, (row) => row.is_given && row.iou < WRONG),
        none: share(rows, (row) => !row.is_given),
      };
