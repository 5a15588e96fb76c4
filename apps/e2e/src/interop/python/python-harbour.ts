import { join } from "node:path";
import { type HarbourServer, startHarbourProgram } from "../harbour/harbour-server.ts";
import { preparePython } from "./prepare-python.ts";

/** grpcio with grpcio-reflection. It needs `python3` with venv. */
export const pythonHarbour: HarbourServer = {
  name: "grpcio",
  async prepare() {
    const { program, generated } = await preparePython();
    return () => startHarbourProgram({ program, args: [join(import.meta.dirname, "server.py"), generated] });
  },
};
