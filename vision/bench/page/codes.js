// PDF417 on the backs of licences, by how far the card is turned.

import { licences } from "./licence.js";
import { median, pixels, script } from "./measure.js";
import { isOursThere, ours } from "./ours.js";
import { fetchedBy, say } from "./talk.js";

const zxing = async () => {
  await script("/npm/zxing-wasm/dist/iife/reader/index.js");
  const { prepareZXingModule, readBarcodes } = window.ZXingWASM;
  const locateFile = () => "/npm/zxing-wasm/dist/reader/zxing_reader.wasm";
  await prepareZXingModule({ overrides: { locateFile }, fireImmediately: true });
  return async (imageData) => {
    const found = await readBarcodes(imageData, { formats: ["PDF417"], tryHarder: true, textMode: "Plain", maxNumberOfSymbols: 1 });
    return found[0]?.text ?? null;
  };
};

const contestants = (plan) => [
  ...(isOursThere(plan) ? [["ours", async () => async (imageData) => (await ours()).readPdf417(imageData)]] : []),
  ["zxing-wasm", zxing],
];

// What separates fields is invisible, and readers write some of it differently.
const plain = (text) => text?.replace(/[\u0000-\u0020]+/g, " ").trim() ?? null;

export const codes = async (plan) => {
  const frames = await licences(plan.codes);
  const running = [];
  for (const [name, load] of contestants(plan)) {
    await fetchedBy(name);
    try {
      const read = await load();
      await read(await pixels(frames[0].blob));
      running.push({ name, read, rows: [] });
    } catch (error) {
      say(`${name}: ${error}`);
      running.push({ name, error: String(error) });
    }
  }
  await fetchedBy("");
  for (const truth of frames) {
    const imageData = await pixels(truth.blob);
    for (const contestant of running.filter(({ error }) => !error)) {
      const from = performance.now();
      let text = null;
      try {
        text = await contestant.read(imageData);
      } catch (error) {
        contestant.failure ??= String(error);
      }
      const ms = performance.now() - from;
      const is_right = plain(text) === plain(truth.text);
      contestant.rows.push({ file: truth.file, tilt_deg: truth.tilt_deg, ms, is_right, is_given: text !== null, read: is_right ? undefined : text });
    }
  }
  return running.map(({ name, error, failure, rows }) => {
    if (error) return { name, error };
    const by_tilt = {};
    for (const { tilt_deg, is_right } of rows) {
      const kept = (by_tilt[tilt_deg] ??= { right: 0, count: 0 });
      kept.count += 1;
      if (is_right) kept.right += 1;
    }
    return {
      name,
      failure,
      ms: median(rows.map((row) => row.ms)),
      right: rows.filter((row) => row.is_right).length,
      wrong: rows.filter((row) => row.is_given && !row.is_right).length,
      count: rows.length,
      by_tilt,
      rows,
    };
  });
};
