import type { InteropPeer } from "../interop-peer.ts";
import { buildGoProgram } from "./build-go-program.ts";

/** grpc-go as a client. It needs `go`. */
export const goPeer: InteropPeer = {
  name: "Go",
  async prepare() {
    const program = await buildGoProgram(".", "interop");
    return (address) => ({ program, args: [address] });
  },
};
