import { mkdir, readdir } from "node:fs/promises";
import { join } from "node:path";
import { harbourProtos } from "../harbour/harbour-server.ts";
import { CACHE, ORIGINALS } from "../interop-peer.ts";
import { runCommand } from "../run-command.ts";

const VENV = join(CACHE, "python", "venv");
const GENERATED = join(CACHE, "python", "generated");
const PYTHON = process.platform === "win32" ? join(VENV, "Scripts", "python.exe") : join(VENV, "bin", "python");

/** A Python that has grpcio, and the modules that were generated for it. */
export interface PreparedPython {
  readonly program: string;
  /** The folder of the generated modules. */
  readonly generated: string;
}

/** Makes an environment with grpcio and generates modules by grpcio-tools. Rejects where there is no `python3` with venv. */
export async function preparePython(): Promise<PreparedPython> {
  await mkdir(GENERATED, { recursive: true });
  await runCommand({ program: "python3", args: ["-m", "venv", VENV] });
  const requirements = join(import.meta.dirname, "requirements.txt");
  await runCommand({ program: PYTHON, args: ["-m", "pip", "install", "--quiet", "-r", requirements] });
  for (const folder of [ORIGINALS, harbourProtos]) {
    const protos = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith(".proto"));
    const out = [`--python_out=${GENERATED}`, `--grpc_python_out=${GENERATED}`];
    await runCommand({ program: PYTHON, args: ["-m", "grpc_tools.protoc", "-I", folder, ...out, ...protos] });
  }
  return { program: PYTHON, generated: GENERATED };
}
