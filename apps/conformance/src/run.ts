import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";

/** The release of the suite that is run. */
const suite = { module: "connectrpc.com/conformance", version: "v1.0.5" };

const app = join(import.meta.dirname, "..");
const cache = join(app, "../../node_modules/.cache/conformance", suite.version);
const runner = join(cache, process.platform === "win32" ? "connectconformance.exe" : "connectconformance");
const descriptors = join(cache, "conformance.binpb");

function run(command: string, args: readonly string[], env: NodeJS.ProcessEnv = process.env): string {
  const { status, stdout, error } = spawnSync(command, args, {
    cwd: cache,
    env,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "inherit"],
  });
  if (error !== undefined || status !== 0) {
    throw new Error(`${command} ${args.join(" ")} failed: ${error?.message ?? `it ended with ${status}`}`);
  }
  return stdout;
}

function prepare(): void {
  mkdirSync(cache, { recursive: true });
  if (!existsSync(runner)) {
    process.stderr.write(`Building ${suite.module} ${suite.version} (once, a minute or two)\n`);
    run("go", ["install", `${suite.module}/cmd/connectconformance@${suite.version}`], { ...process.env, GOBIN: cache });
  }
  if (!existsSync(descriptors)) {
    const download: { Dir: string } = JSON.parse(
      run("go", ["mod", "download", "-json", `${suite.module}@${suite.version}`]),
    );
    run("buf", ["build", join(download.Dir, "proto"), "--output", descriptors]);
  }
}

function main(): void {
  if (spawnSync("go", ["version"], { stdio: "ignore" }).status !== 0) {
    process.stderr.write(
      "The conformance suite is a Go program, and there is no Go on this machine: nothing was run.\n",
    );
    process.exitCode = 1;
    return;
  }
  prepare();
  const server = [process.execPath, join(import.meta.dirname, "server.ts"), descriptors];
  const flags = ["--mode", "server", "--conf", join(app, "conformance.yaml"), ...process.argv.slice(2)];
  const { status } = spawnSync(runner, [...flags, "--", ...server], { stdio: "inherit" });
  process.exitCode = status ?? 1;
}

main();
