// Starts the client. The page's content security policy allows no inline
// script, so the loader that Trunk would write into the page is this file.
// It owns no screen: the page itself shows "opening" and, when the client
// cannot start, "failed"; see index.html. The syntax is kept old enough to
// reach the line that says so.

// Trunk.toml writes the hashed names into the page.
const address = (name) =>
  new URL(document.querySelector(`meta[name="vestibule-${name}"]`).content, document.baseURI).href;

const start = async () => {
  // Old browsers lack it, and so does the lockdown mode of iOS.
  if (typeof WebAssembly !== "object") throw new Error("this browser has no WebAssembly");
  // Both at once: the module does not have to wait for its glue.
  const [glue, module] = await Promise.all([import(address("glue")), fetch(address("module"))]);
  if (!module.ok) throw new Error(`the module was answered with ${module.status}`);
  // Compiles while it arrives where browser and server allow that, and from a
  // buffer elsewhere.
  await glue.default({ module_or_path: module });
};

start().catch((error) => {
  console.error("Vestibule could not start.", error);
  const progress = document.getElementById("opening-progress");
  const failed = document.getElementById("opening-failed");
  if (progress) progress.hidden = true;
  if (failed) failed.hidden = false;
});
