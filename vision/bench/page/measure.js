// Figures: medians, overlaps, differences between pictures, stalls of the page.

export const median = (values) => quantile(values, 0.5);

export const quantile = (values, share) => {
  if (values.length === 0) return null;
  const sorted = [...values].sort((a, b) => a - b);
  const at = share * (sorted.length - 1);
  const below = Math.floor(at);
  const above = Math.min(below + 1, sorted.length - 1);
  return sorted[below] + (sorted[above] - sorted[below]) * (at - below);
};

export const mean = (values) => (values.length ? values.reduce((sum, value) => sum + value, 0) / values.length : null);

export const share = (values, holds) => (values.length ? values.filter(holds).length / values.length : null);

const twiceArea = (shape) =>
  shape.reduce((sum, [x, y], index) => {
    const [nextX, nextY] = shape[(index + 1) % shape.length];
    return sum + x * nextY - nextX * y;
  }, 0);

// Corners in order around their middle, clockwise on a screen: an answer isn't
// held against a contestant for the order that it is given in.
const around = (shape) => {
  const middle = [mean(shape.map(([x]) => x)), mean(shape.map(([, y]) => y))];
  const angle = ([x, y]) => Math.atan2(y - middle[1], x - middle[0]);
  return [...shape].sort((a, b) => angle(a) - angle(b));
};

// Intersection over union of two quadrilaterals (Sutherland and Hodgman).
export const overlap = (one, other) => {
  const [ours, theirs] = [around(one), around(other)];
  let shape = ours;
  for (let side = 0; side < 4 && shape.length > 0; side++) {
    const [from, to] = [theirs[side], theirs[(side + 1) % 4]];
    const inside = ([x, y]) => (to[0] - from[0]) * (y - from[1]) - (to[1] - from[1]) * (x - from[0]);
    const clipped = [];
    shape.forEach((corner, index) => {
      const next = shape[(index + 1) % shape.length];
      const [here, there] = [inside(corner), inside(next)];
      if (here >= 0) clipped.push(corner);
      if (here >= 0 !== there >= 0) {
        const along = here / (here - there);
        clipped.push([corner[0] + along * (next[0] - corner[0]), corner[1] + along * (next[1] - corner[1])]);
      }
    });
    shape = clipped;
  }
  const both = Math.abs(twiceArea(shape));
  const either = Math.abs(twiceArea(ours)) + Math.abs(twiceArea(theirs)) - both;
  return either > 0 ? both / either : 0;
};

// The pixels of a file, upright; scaled down when it has more than `most`.
export const pixels = async (blob, most = Infinity) => {
  const bitmap = await createImageBitmap(blob);
  const scale = Math.min(1, Math.sqrt(most / (bitmap.width * bitmap.height)));
  const canvas = new OffscreenCanvas(Math.round(bitmap.width * scale), Math.round(bitmap.height * scale));
  const context = canvas.getContext("2d", { willReadFrequently: true });
  context.imageSmoothingQuality = "high";
  context.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  bitmap.close();
  return context.getImageData(0, 0, canvas.width, canvas.height);
};

export const picture = async (url, most) => {
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(`${url}: ${answer.status}`);
  return pixels(await answer.blob(), most);
};

// The width and height of a file, upright.
export const sizeOf = async (url) => {
  const bitmap = await createImageBitmap(await (await fetch(url)).blob());
  const size = [bitmap.width, bitmap.height];
  bitmap.close();
  return size;
};

// Peak signal-to-noise ratio in decibels, over red, green and blue; null when
// the sizes differ.
export const likeness = (one, other) => {
  if (one.width !== other.width || one.height !== other.height) return null;
  let sum = 0;
  for (let at = 0; at < one.data.length; at += 4) {
    for (let channel = 0; channel < 3; channel++) {
      const off = one.data[at + channel] - other.data[at + channel];
      sum += off * off;
    }
  }
  const error = sum / (0.75 * one.data.length);
  return error === 0 ? Infinity : 10 * Math.log10((255 * 255) / error);
};

// Runs work while a message goes round and round on the page; the longest time
// between two rounds is the longest that a click would have waited.
export const watched = async (work) => {
  let longest = 0;
  let isRunning = true;
  let last = performance.now();
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = () => {
    const now = performance.now();
    longest = Math.max(longest, now - last);
    last = now;
    if (isRunning) port2.postMessage(0);
    else port1.close();
  };
  port2.postMessage(0);
  const from = performance.now();
  const result = await work();
  const ms = performance.now() - from;
  // A task that held the page until now is seen only by the next round.
  await new Promise((resolve) => setTimeout(resolve));
  isRunning = false;
  return { result, ms, longest_task_ms: longest };
};

// Loads a script that sets a global.
export const script = (src, type = "text/javascript") =>
  new Promise((resolve, reject) => {
    const element = document.createElement("script");
    Object.assign(element, { src, type, onload: resolve, onerror: () => reject(new Error(`${src} does not load`)) });
    document.head.append(element);
  });
