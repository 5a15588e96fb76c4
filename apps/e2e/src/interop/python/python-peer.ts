import { join } from "node:path";
import type { InteropPeer } from "../interop-peer.ts";
import { preparePython } from "./prepare-python.ts";

/** grpcio as a client, synchronous and on asyncio. It needs `python3` with venv. */
export const pythonPeer: InteropPeer = {
  name: "Python",
  async prepare() {
    const { program, generated } = await preparePython();
    return (address) => ({ program, args: [join(import.meta.dirname, "client.py"), address, generated] });
  },
};
