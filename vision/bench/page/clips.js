// Clips: frame by frame to our worker, as the camera screen does it. Nobody
// else here decides when to take a picture.

import { mean, median, quantile } from "./measure.js";
import { isOursThere } from "./ours.js";
import { say } from "./talk.js";

// A capture this much before the document rests would be of a moving one; the
// last steps of a hand that comes to rest are below a pixel.
const EARLY_FRAMES = 3;

export const clips = async (plan) => {
  if (!isOursThere(plan)) return [];
  const worker = new Worker(`/ours/${plan.ours.worker}`, { type: "module" });
  let resolveNext;
  worker.onmessage = ({ data }) => resolveNext?.(data);
  worker.onerror = (event) => resolveNext?.({ kind: "failed", reason: event.message });
  const ask = (message, transfer) =>
    new Promise((resolve) => {
      resolveNext = resolve;
      worker.postMessage(message, transfer);
    });

  const results = [];
  const hints = {};
  let longest = 0;
  for (const clip of plan.clips) {
    let captured = null;
    const ms = [];
    const seen = [];
    for (const [number, { url }] of clip.frames.entries()) {
      const frame = await createImageBitmap(await (await fetch(url)).blob());
      const at_ms = (number * 1000) / clip.rate_hz;
      const from = performance.now();
      const message = { kind: "look", ticket: number, frame, at_ms, aspect: 0, is_first: number === 0 };
      const asked = ask(message, [frame]);
      longest = Math.max(longest, performance.now() - from);
      const answer = await asked;
      if (answer.kind === "failed") throw new Error(answer.reason);
      ms.push(performance.now() - from);
      seen.push(answer.hint);
      if (answer.take && captured === null) captured = number;
    }
    hints[`${clip.story} ${results.length}`] = seen;
    results.push({ story: clip.story, is_good: clip.is_good, captured, ms: median(ms), steady_from: clip.steady_from, rate_hz: clip.rate_hz });
  }
  worker.terminate();
  const good = results.filter((clip) => clip.is_good);
  const bad = results.filter((clip) => !clip.is_good);
  const isEarly = (clip) => clip.captured !== null && clip.captured < clip.steady_from - EARLY_FRAMES;
  const times = good
    .filter((clip) => clip.captured !== null && !isEarly(clip))
    .map((clip) => Math.max(0, clip.captured - clip.steady_from) / clip.rate_hz);
  say(`clips: ${good.length} good, ${bad.length} bad`);
  return {
    good: good.length,
    bad: bad.length,
    missed: good.filter((clip) => clip.captured === null).length,
    early: good.filter(isEarly).length,
    false: bad.filter((clip) => clip.captured !== null).length,
    capture_s: median(times),
    capture_s_p90: quantile(times, 0.9),
    capture_s_mean: mean(times),
    ms: median(results.map((clip) => clip.ms)),
    longest_task_ms: longest,
    clips: results,
    hints,
  };
};
