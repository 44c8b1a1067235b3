// Sets the colour scheme before the first paint, so that a dark screen never flashes white.
(() => {
  let chosen = null;
  try {
    chosen = localStorage.getItem("fanfare-color-scheme");
  } catch {
    // Storage may be blocked; the system's preference still holds.
  }
  const dark =
    chosen === "dark" || (chosen !== "light" && matchMedia("(prefers-color-scheme: dark)").matches);
  document.documentElement.setAttribute("data-mantine-color-scheme", dark ? "dark" : "light");
})();

// Zod would try whether it may make code at run time, and the content security policy reports the try.
globalThis.__zod_globalConfig = { jitless: true };
