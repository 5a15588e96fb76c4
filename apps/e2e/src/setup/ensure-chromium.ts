import { spawnSync } from "node:child_process";
import { findChromium } from "./find-chromium.ts";

/** What the tests need from Debian and its kin: a browser, and a font for the page's Chinese. */
const packages = ["chromium", "fonts-noto-cjk"];

const remedy =
  "Install Chromium or Chrome, or name one in SWITCHBOARD_CHROMIUM; on Debian: apt-get install chromium fonts-noto-cjk";

function run(command: string, args: readonly string[]): boolean {
  const { status } = spawnSync(command, args, {
    stdio: ["ignore", 2, 2],
    env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
  });
  return status === 0;
}

function installFromSystem(): boolean {
  if (process.platform !== "linux" || spawnSync("apt-get", ["--version"], { stdio: "ignore" }).status !== 0) {
    return false;
  }
  const asRoot = process.getuid?.() === 0 ? [] : ["sudo", "-n"];
  const aptGet = (...args: string[]) => {
    const [command = "apt-get", ...rest] = [...asRoot, "apt-get", ...args];
    return run(command, rest);
  };
  return aptGet("update") && aptGet("install", "-y", "--no-install-recommends", ...packages);
}

function main(): void {
  if (findChromium() === undefined) {
    process.stderr.write("No Chromium found: installing it from the system's packages.\n");
    installFromSystem();
  }
  const found = findChromium();
  if (found === undefined) {
    process.stderr.write(`The browser tests need Chromium, and none was found or could be installed. ${remedy}\n`);
    process.exitCode = 1;
    return;
  }
  process.stdout.write(`Chromium: ${found}\n`);
}

main();
