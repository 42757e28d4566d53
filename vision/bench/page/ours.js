// Our contestant, from the folder that `--contestant` writes.

import { script } from "./measure.js";

let loading;

export const ours = () => {
  loading ??= script("/ours/contestant.js").then(() => window.contestant);
  return loading;
};

// Whether there is one: before the first build there is none.
export const isOursThere = (plan) => plan.ours !== null;
