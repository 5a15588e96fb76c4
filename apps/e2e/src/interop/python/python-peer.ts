import { mkdir, readdir } from "node:fs/promises";
import { join } from "node:path";
import { CACHE, type InteropPeer, ORIGINALS } from "../interop-peer.ts";
import { runCommand } from "../run-command.ts";

const SOURCES = import.meta.dirname;
const VENV = join(CACHE, "python", "venv");
const GENERATED = join(CACHE, "python", "generated");
const PYTHON = process.platform === "win32" ? join(VENV, "Scripts", "python.exe") : join(VENV, "bin", "python");

/** grpcio, with synchronous and asyncio stubs that grpcio-tools generates. It needs `python3` with venv. */
export const pythonPeer: InteropPeer = {
  name: "Python",
  async prepare() {
    await mkdir(GENERATED, { recursive: true });
    await runCommand({ program: "python3", args: ["-m", "venv", VENV] });
    const requirements = join(SOURCES, "requirements.txt");
    await runCommand({ program: PYTHON, args: ["-m", "pip", "install", "--quiet", "-r", requirements] });
    const protos = (await readdir(ORIGINALS)).filter((name) => name.endsWith(".proto"));
    const out = [`--python_out=${GENERATED}`, `--grpc_python_out=${GENERATED}`];
    await runCommand({ program: PYTHON, args: ["-m", "grpc_tools.protoc", "-I", ORIGINALS, ...out, ...protos] });
    return (address) => ({ program: PYTHON, args: [join(SOURCES, "client.py"), address, GENERATED] });
  },
};
