import { copyFile, mkdir, readdir } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { CACHE, type InteropPeer, ORIGINALS } from "../interop-peer.ts";
import { runCommand } from "../run-command.ts";

const SOURCES = ["main.go", "go.mod", "go.sum"];
const MODULE = "switchboard.example/interop";
const DIRECTORY = join(CACHE, "go");
const BIN = join(DIRECTORY, "bin");
const CLIENT = join(BIN, "interop");
const BUF = fileURLToPath(new URL("../../../../../node_modules/.bin/buf", import.meta.url));

/** grpc-go, with stubs that buf generates by the plugins that `go.mod` names as tools. It needs `go`. */
export const goPeer: InteropPeer = {
  name: "Go",
  async prepare() {
    await runCommand({ program: "go", args: ["version"] });
    await mkdir(BIN, { recursive: true });
    for (const source of SOURCES) {
      await copyFile(join(import.meta.dirname, source), join(DIRECTORY, source));
    }
    await runCommand({ program: "go", args: ["install", "tool"], directory: DIRECTORY, environment: { GOBIN: BIN } });
    const template = JSON.stringify(await generationTemplate());
    const generate = ["generate", ORIGINALS, "--template", template, "--output", DIRECTORY];
    await runCommand({ program: BUF, args: generate });
    await runCommand({ program: "go", args: ["build", "-o", CLIENT, "."], directory: DIRECTORY });
    return (address) => ({ program: CLIENT, args: [address] });
  },
};

/** The published files name no Go package, so each is given one, as a user of `protoc-gen-go` would. */
async function generationTemplate() {
  const protos = (await readdir(ORIGINALS)).filter((name) => name.endsWith(".proto"));
  const packages = protos.map((name) => `M${name}=${MODULE}/gen/${name.replace(/\.proto$/, "")}`);
  const opt = [`module=${MODULE}`, ...packages];
  const plugins = ["protoc-gen-go", "protoc-gen-go-grpc"].map((name) => ({ local: join(BIN, name), out: ".", opt }));
  return { version: "v2", plugins };
}
