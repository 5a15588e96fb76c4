import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";

/** The release of the suite that is run. */
const suite = { module: "connectrpc.com/conformance", version: "v1.0.5" };

const cache = join(import.meta.dirname, "../../../node_modules/.cache/conformance", suite.version);

/** The programs of the suite that are built. */
const programs = ["connectconformance", "grpcserver", "referenceserver"];

/** Where the suite's parts are. */
export interface Suite {
  /** The program that calls the server and judges what it answers. */
  readonly runner: string;
  /** A server with the suite's service on grpc-go, that the runner could start too. */
  readonly grpcGo: string;
  /** The same on connect-go, which speaks Connect, gRPC and gRPC-Web. */
  readonly connectGo: string;
  /** A `FileDescriptorSet` of the suite's protos. */
  readonly descriptors: string;
}

/** Whether there is a Go on this machine, which the suite is written in. */
export function hasGo(): boolean {
  return spawnSync("go", ["version"], { stdio: "ignore" }).status === 0;
}

/** Builds what there isn't yet of the suite; the first time downloads it and takes a minute or two. Throws when it fails. */
export function prepareSuite(): Suite {
  const extension = process.platform === "win32" ? ".exe" : "";
  const program = (name: string) => join(cache, name + extension);
  const descriptors = join(cache, "conformance.binpb");
  mkdirSync(cache, { recursive: true });
  const missing = programs.filter((name) => !existsSync(program(name)));
  if (missing.length > 0) {
    process.stderr.write(`Building ${suite.module} ${suite.version} (once, a minute or two)\n`);
    const packages = missing.map((name) => `${suite.module}/cmd/${name}@${suite.version}`);
    run("go", ["install", ...packages], { ...process.env, GOBIN: cache });
  }
  if (!existsSync(descriptors)) {
    const download: { Dir: string } = JSON.parse(
      run("go", ["mod", "download", "-json", `${suite.module}@${suite.version}`]),
    );
    run("buf", ["build", join(download.Dir, "proto"), "--output", descriptors]);
  }
  return {
    runner: program("connectconformance"),
    grpcGo: program("grpcserver"),
    connectGo: program("referenceserver"),
    descriptors,
  };
}

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
