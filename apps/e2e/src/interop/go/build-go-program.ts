import { copyFile, mkdir, readdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { harbourProtos } from "../harbour/harbour-server.ts";
import { CACHE, ORIGINALS } from "../interop-peer.ts";
import { runCommand } from "../run-command.ts";

const SOURCES = ["main.go", "server/main.go", "go.mod", "go.sum"];
const MODULE = "switchboard.example/interop";
const DIRECTORY = join(CACHE, "go");
const BIN = join(DIRECTORY, "bin");
const BUF = fileURLToPath(new URL("../../../../../node_modules/.bin/buf", import.meta.url));

/**
 * Generates stubs by the plugins that `go.mod` names as tools, and builds a program of the module; answers its path.
 * Rejects where there is no `go`.
 *
 * @param folder the program's folder within the module, as in `./server`
 * @param name the name of the program
 */
export async function buildGoProgram(folder: string, name: string): Promise<string> {
  await runCommand({ program: "go", args: ["version"] });
  for (const source of SOURCES) {
    const copy = join(DIRECTORY, source);
    await mkdir(dirname(copy), { recursive: true });
    await copyFile(join(import.meta.dirname, source), copy);
  }
  await runCommand({ program: "go", args: ["install", "tool"], directory: DIRECTORY, environment: { GOBIN: BIN } });
  await generate(ORIGINALS, await packagesOfOriginals());
  await generate(harbourProtos, []);
  const program = join(BIN, name);
  await runCommand({ program: "go", args: ["build", "-o", program, folder], directory: DIRECTORY });
  return program;
}

async function generate(protos: string, packages: readonly string[]): Promise<void> {
  const opt = [`module=${MODULE}`, ...packages];
  const plugins = ["protoc-gen-go", "protoc-gen-go-grpc"].map((plugin) => ({
    local: join(BIN, plugin),
    out: ".",
    opt,
  }));
  const template = JSON.stringify({ version: "v2", plugins });
  await runCommand({ program: BUF, args: ["generate", protos, "--template", template, "--output", DIRECTORY] });
}

/** The published files name no Go package, so each is given one, as a user of `protoc-gen-go` would. */
async function packagesOfOriginals(): Promise<readonly string[]> {
  const protos = (await readdir(ORIGINALS)).filter((name) => name.endsWith(".proto"));
  return protos.map((name) => `M${name}=${MODULE}/gen/${name.replace(/\.proto$/, "")}`);
}
