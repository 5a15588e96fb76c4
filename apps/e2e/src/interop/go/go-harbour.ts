import { type HarbourServer, startHarbourProgram } from "../harbour/harbour-server.ts";
import { buildGoProgram } from "./build-go-program.ts";

/** grpc-go with its reflection. It needs `go`. */
export const goHarbour: HarbourServer = {
  name: "grpc-go",
  async prepare() {
    const program = await buildGoProgram("./server", "harbour");
    return () => startHarbourProgram({ program, args: [] });
  },
};
