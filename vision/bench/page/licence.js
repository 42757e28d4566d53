// Backs of driving licences with a code that can be read: drawn here, because
// the code's writer is a library of the page.
//
// The content follows the AAMVA card design standard (2020, annex D); the holder
// is invented. Four frames for each tilt; the same ones in every run.

export const TILTS_DEG = [0, 1, 2, 3, 5, 9];

// ID-1 (ISO/IEC 7810).
const CARD_MM = [85.6, 53.98];
const FRAME_PX = [1280, 720];

// Numbers from a seed (mulberry32).
const chance = (seed) => () => {
  seed = (seed + 0x6d2b79f5) | 0;
  let z = Math.imul(seed ^ (seed >>> 15), 1 | seed);
  z = (z + Math.imul(z ^ (z >>> 7), 61 | z)) ^ z;
  return ((z ^ (z >>> 14)) >>> 0) / 4294967296;
};

const licence = (next) => {
  const digits = (count) => Array.from({ length: count }, () => Math.floor(10 * next())).join("");
  const pick = (all) => all[Math.floor(all.length * next())];
  const names = ["MORGAN", "ALEX", "ROBIN", "KIM", "SASHA", "NOOR", "QUINN"];
  const body = [
    `DLDAQ${digits(9)}`, `DCS${pick(names)}`, "DDEN", `DAC${pick(names)}`, "DDFN", "DADNONE", "DDGN", "DCAC",
    "DCBNONE", "DCDNONE", "DBD06152023", `DBB0${1 + Math.floor(9 * next())}11${pick(["1962", "1978", "1990"])}`,
    "DBA06152031", "DBC1", "DAU070 in", "DAYBRO", `DAG${digits(3)} SPECIMEN ST`, "DAIUTOPIA", "DAJUT",
    `DAK${digits(9)}  `, `DCF${digits(15)}`, "DCGUSA", `DCK${digits(11)}`, "DDAF", "DDB01012020",
  ].join("\n");
  return `@\n\u001e\rANSI 636040100002DL0041${String(body.length).padStart(4, "0")}${body}\r`;
};

const writer = async () => {
  const { prepareZXingModule, writeBarcode } = await import("/npm/zxing-wasm/dist/es/writer/index.js");
  const locateFile = () => "/npm/zxing-wasm/dist/writer/zxing_writer.wasm";
  await prepareZXingModule({ overrides: { locateFile }, fireImmediately: true });
  return async (text) => {
    const { symbol, error } = await writeBarcode(text, { format: "PDF417", options: "columns=17,ecLevel=5" });
    if (error) throw new Error(error);
    return symbol;
  };
};

// The modules as a picture, one pixel each.
const drawn = ({ data, width, height }) => {
  const image = new ImageData(width, height);
  data.forEach((value, at) => {
    const grey = value ? 248 : 18;
    image.data.set([grey, grey, grey, 255], 4 * at);
  });
  const canvas = new OffscreenCanvas(width, height);
  canvas.getContext("2d").putImageData(image, 0, 0);
  return canvas;
};

// The code takes 70 by 13 millimetres: modules of 0.19 mm (AAMVA: 0.17 to 0.38).
const frame = (code, tilt_deg, next) => {
  const [width, height] = FRAME_PX;
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext("2d", { willReadFrequently: true });
  const ground = 60 + 150 * next();
  context.fillStyle = `rgb(${ground}, ${ground * 0.92}, ${ground * 0.8})`;
  context.fillRect(0, 0, width, height);
  for (let line = 0; line < 60; line++) {
    context.fillStyle = `rgba(0, 0, 0, ${0.12 * next()})`;
    context.fillRect(0, height * next(), width, 1 + 9 * next());
  }
  const angle = ((next() < 0.5 ? -1 : 1) * tilt_deg * Math.PI) / 180;
  const [sin, cos] = [Math.sin(Math.abs(angle)), Math.cos(angle)];
  const [wide, high] = [CARD_MM[0] * cos + CARD_MM[1] * sin, CARD_MM[0] * sin + CARD_MM[1] * cos];
  const scale = (0.9 + 0.07 * next()) * Math.min(width / wide, height / high);
  context.filter = `blur(${0.45 + 0.3 * next()}px)`;
  context.translate(width / 2, height / 2);
  context.rotate(angle);
  context.scale(scale, scale);
  context.translate(-CARD_MM[0] / 2, -CARD_MM[1] / 2);
  const layer = new OffscreenCanvas(Math.round(CARD_MM[0] * 24), Math.round(CARD_MM[1] * 24));
  const card = layer.getContext("2d");
  card.scale(24, 24);
  card.fillStyle = `rgb(${225 + 20 * next()}, ${225 + 20 * next()}, ${215 + 20 * next()})`;
  card.beginPath();
  card.roundRect(0, 0, ...CARD_MM, 3.18);
  card.fill();
  card.fillStyle = "#1e1c1c";
  card.fillRect(0, 4.5, CARD_MM[0], 11);
  card.fillStyle = "#444";
  for (let line = 0; line < 5; line++) card.fillRect(7, 19 + 2.6 * line, 30 + 40 * next(), 1.1);
  card.fillStyle = "#f8f8f6";
  card.fillRect(7, 35.2, 71.5, 14.6);
  card.imageSmoothingEnabled = false;
  card.drawImage(code, 7.75, 36, 70, 13);
  context.imageSmoothingQuality = "high";
  context.drawImage(layer, 0, 0, ...CARD_MM);
  const image = context.getImageData(0, 0, width, height);
  const noise = 2 + 5 * next();
  for (let at = 0; at < image.data.length; at += 4) {
    const grain = noise * (next() + next() - 1);
    for (let channel = 0; channel < 3; channel++) image.data[at + channel] += grain;
  }
  context.putImageData(image, 0, 0);
  return canvas.convertToBlob({ type: "image/jpeg", quality: 0.88 });
};

// The frames with what their codes say.
export const licences = async (count) => {
  const write = await writer();
  const frames = [];
  for (let number = 0; number < count; number++) {
    const next = chance(4170 + number);
    const tilt_deg = TILTS_DEG[number % TILTS_DEG.length];
    const text = licence(next);
    const blob = await frame(drawn(await write(text)), tilt_deg, next);
    frames.push({ blob, text, tilt_deg, file: `licence ${number}` });
  }
  return frames;
};
