// Machine-readable zones: how many lines are read exactly, and how many are
// wrong although their check digits agree.

import { median, picture, quantile, script } from "./measure.js";
import { isOursThere, ours } from "./ours.js";
import { fetchedBy, say } from "./talk.js";

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789<";

// A general reader needs the part of the picture where the zone is, level and
// large; it is given that.
const lowerPart = ({ data, width, height }, { corners }) => {
  const ys = corners.map(([, y]) => y);
  const bottom = Math.min(height, Math.ceil(Math.max(...ys)));
  const top = Math.max(0, Math.floor(bottom - 0.45 * (bottom - Math.min(...ys))));
  const source = new OffscreenCanvas(width, height);
  source.getContext("2d").putImageData(new ImageData(data, width, height), 0, 0);
  const scale = 1200 / width;
  const canvas = document.createElement("canvas");
  canvas.width = 1200;
  canvas.height = Math.round((bottom - top) * scale);
  canvas.getContext("2d").drawImage(source, 0, top, width, bottom - top, 0, 0, canvas.width, canvas.height);
  return canvas;
};

const tesseract = async () => {
  await script("/npm/tesseract.js/dist/tesseract.min.js");
  const worker = await window.Tesseract.createWorker("eng", 1, {
    workerPath: "/npm/tesseract.js/dist/worker.min.js",
    corePath: "/npm/tesseract.js-core",
    langPath: "/npm/@tesseract.js-data/eng/4.0.0_best_int",
    cacheMethod: "none",
  });
  await worker.setParameters({ tessedit_char_whitelist: ALPHABET, tessedit_pageseg_mode: "6" });
  return async (imageData, truth) => {
    const { data } = await worker.recognize(lowerPart(imageData, truth));
    return data.text
      .split("\n")
      .map((line) => line.replaceAll(" ", ""))
      .filter((line) => line.length >= 24);
  };
};

const contestants = (plan) => [
  ...(isOursThere(plan) ? [["ours", async () => async (imageData) => (await ours()).readMrz(imageData)]] : []),
  ["tesseract.js (English)", tesseract],
];

// ICAO 9303-3 §4.9.
const digitOf = (field) => {
  const sum = [...field].reduce((total, character, at) => {
    const value = character === "<" ? 0 : parseInt(character, 36);
    return total + value * [7, 3, 1][at % 3];
  }, 0);
  return String(sum % 10);
};

// The fields with a digit after them, by the format: line, from, to.
const FIELDS = {
  "TD1": [[0, 5, 14], [1, 0, 6], [1, 8, 14]],
  "TD2": [[1, 0, 9], [1, 13, 19], [1, 21, 27]],
  "TD3": [[1, 0, 9], [1, 13, 19], [1, 21, 27]],
  "MRV-A": [[1, 0, 9], [1, 13, 19], [1, 21, 27]],
  "MRV-B": [[1, 0, 9], [1, 13, 19], [1, 21, 27]],
};
const LENGTH = { "TD1": 30, "TD2": 36, "TD3": 44, "MRV-A": 44, "MRV-B": 36 };

// Lines that pass for right: as long as they must be, with digits that agree.
const doAgree = (format, lines) =>
  lines.every((line) => line.length === LENGTH[format]) &&
  FIELDS[format].every(([line, from, to]) => digitOf(lines[line].slice(from, to)) === lines[line][to]);

export const zones = async (plan) => {
  const running = [];
  for (const [name, load] of contestants(plan)) {
    await fetchedBy(name);
    try {
      const read = await load();
      await read(await picture(plan.zones[0].url), plan.zones[0]);
      running.push({ name, read, ms: [], rows: [] });
    } catch (error) {
      say(`${name}: ${error}`);
      running.push({ name, error: String(error) });
    }
  }
  await fetchedBy("");
  for (const truth of plan.zones) {
    const imageData = await picture(truth.url);
    for (const contestant of running.filter(({ error }) => !error)) {
      const from = performance.now();
      let lines = [];
      try {
        lines = await contestant.read(imageData, truth);
      } catch (error) {
        contestant.failure ??= String(error);
      }
      const ms = performance.now() - from;
      contestant.ms.push(ms);
      const right = truth.lines.filter((line) => lines.includes(line)).length;
      const isComplete = lines.length === truth.lines.length;
      contestant.rows.push({
        file: truth.file,
        format: truth.format,
        is_scan: truth.is_scan,
        ms,
        lines: truth.lines.length,
        right,
        is_deceived: isComplete && right < lines.length && agreesWrongly(truth, lines),
        read: right === truth.lines.length ? undefined : lines,
        truth: right === truth.lines.length ? undefined : truth.lines,
      });
    }
  }
  return running.map(({ name, error, failure, ms, rows }) => {
    if (error) return { name, error };
    const of = (wanted) => {
      const chosen = rows.filter(wanted);
      const count = chosen.reduce((sum, row) => sum + row.lines, 0);
      return count === 0 ? null : chosen.reduce((sum, row) => sum + row.right, 0) / count;
    };
    return {
      name,
      failure,
      ms: median(ms),
      ms_p90: quantile(ms, 0.9),
      lines_right: of(() => true),
      lines_right_scans: of((row) => row.is_scan),
      lines_right_photos: of((row) => !row.is_scan),
      documents_right: rows.filter((row) => row.right === row.lines).length / rows.length,
      deceived: rows.filter((row) => row.is_deceived).length,
      rows,
    };
  });
};

// A wrong line with check digits that all agree; names have none, so a wrong
// name line isn't counted.
const agreesWrongly = (truth, lines) => {
  if (!doAgree(truth.format, lines)) return false;
  const checked = new Set(FIELDS[truth.format].map(([line]) => line));
  return [...checked].some((line) => lines[line] !== truth.lines[line]);
};
