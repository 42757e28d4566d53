// The page of `cargo xtask bench`: measures one set of pictures after the other
// and sends what it finds to the program that opened it.

import { post, say } from "./talk.js";
import { corners } from "./corners.js";
import { clips } from "./clips.js";
import { stills } from "./stills.js";
import { zones } from "./zones.js";
import { codes } from "./codes.js";

const sets = { corners, clips, stills, mrz: zones, pdf417: codes };

addEventListener("error", (event) => say(`page: ${event.message}`));
addEventListener("unhandledrejection", (event) => say(`page: ${event.reason}`));

const plan = await (await fetch("/plan.json")).json();
const found = { agent: navigator.userAgent, cores: navigator.hardwareConcurrency };
for (const [name, measure] of Object.entries(sets)) {
  if (!plan.sets.includes(name)) continue;
  say(`measuring ${name}`);
  try {
    found[name] = await measure(plan);
  } catch (error) {
    say(`${name}: ${error.stack ?? error}`);
    found[name] = { error: String(error) };
  }
}
await post("/result", JSON.stringify(found));
