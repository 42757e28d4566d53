// OpenCV.js as jscanify ships it, and two contestants that run on it.

import { script } from "./measure.js";

let loading;

const opencv = () => {
  loading ??= (async () => {
    await script("/npm/jscanify/src/opencv.js");
    // Builds differ: a promise of the module, or the module before it is ready.
    // That has a `then` of its own, so it must never be awaited itself.
    if (window.cv instanceof Promise) window.cv = await window.cv;
    if (!window.cv.Mat) await new Promise((resolve) => (window.cv.onRuntimeInitialized = () => resolve()));
  })();
  return loading;
};

export const jscanify = async () => {
  await opencv();
  await script("/npm/jscanify/src/jscanify.js");
  const scanner = new window.jscanify();
  return async (imageData) => {
    const image = cv.matFromImageData(imageData);
    const contour = scanner.findPaperContour(image);
    let corners = null;
    if (contour) {
      const found = scanner.getCornerPoints(contour, image);
      const all = [found.topLeftCorner, found.topRightCorner, found.bottomRightCorner, found.bottomLeftCorner];
      if (all.every(Boolean)) corners = all.map(({ x, y }) => [x, y]);
      contour.delete();
    }
    image.delete();
    return corners;
  };
};

// What tutorials teach: edges at 640 pixels, the largest outline with four
// corners.
export const textbook = async () => {
  await opencv();
  const LONGER_PX = 640;
  const LEAST_AREA = 0.05;
  return async (imageData) => {
    const image = cv.matFromImageData(imageData);
    const [grey, small, edges] = [new cv.Mat(), new cv.Mat(), new cv.Mat()];
    const scale = LONGER_PX / Math.max(image.cols, image.rows);
    const size = new cv.Size(Math.round(image.cols * scale), Math.round(image.rows * scale));
    cv.cvtColor(image, grey, cv.COLOR_RGBA2GRAY);
    cv.resize(grey, small, size, 0, 0, cv.INTER_AREA);
    cv.GaussianBlur(small, small, new cv.Size(5, 5), 0);
    cv.Canny(small, edges, 50, 150);
    const kernel = cv.Mat.ones(3, 3, cv.CV_8U);
    cv.dilate(edges, edges, kernel);
    const [outlines, tree] = [new cv.MatVector(), new cv.Mat()];
    cv.findContours(edges, outlines, tree, cv.RETR_LIST, cv.CHAIN_APPROX_SIMPLE);
    let [best, bestArea] = [null, LEAST_AREA * size.width * size.height];
    for (let index = 0; index < outlines.size(); index++) {
      const outline = outlines.get(index);
      const corners = new cv.Mat();
      cv.approxPolyDP(outline, corners, 0.02 * cv.arcLength(outline, true), true);
      if (corners.rows === 4 && cv.isContourConvex(corners)) {
        const area = cv.contourArea(corners);
        if (area > bestArea) {
          bestArea = area;
          best = [0, 1, 2, 3].map((at) => [corners.data32S[2 * at] / scale, corners.data32S[2 * at + 1] / scale]);
        }
      }
      corners.delete();
      outline.delete();
    }
    for (const made of [image, grey, small, edges, kernel, outlines, tree]) made.delete();
    return best;
  };
};
