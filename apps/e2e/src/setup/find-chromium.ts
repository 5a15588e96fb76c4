import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";

const names = ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "chrome", "msedge"];

const places: Partial<Record<NodeJS.Platform, readonly string[]>> = {
  darwin: [
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
  ],
  win32: [
    "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
    "C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe",
  ],
};

/**
 * Finds a browser of the Chromium family: the file that `SWITCHBOARD_CHROMIUM` names, one on the `PATH`, or one where the
 * system keeps it. Undefined where there is none.
 */
export function findChromium(env: NodeJS.ProcessEnv = process.env): string | undefined {
  const onPath = (env.PATH ?? "").split(delimiter).flatMap((directory) => names.map((name) => join(directory, name)));
  const candidates = [env.SWITCHBOARD_CHROMIUM ?? "", ...onPath, ...(places[process.platform] ?? [])];
  return candidates.find(isExecutable);
}

function isExecutable(file: string): boolean {
  if (file === "") {
    return false;
  }
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
