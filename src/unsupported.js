// For browsers from before JavaScript modules, the only ones that run this
// (`nomodule`): they would otherwise show "opening" for ever. Kept to the
// syntax of 2009 for that reason.
(function () {
  var progress = document.getElementById("opening-progress");
  var failed = document.getElementById("opening-failed");
  if (progress) progress.setAttribute("hidden", "");
  if (failed) failed.removeAttribute("hidden");
})();
