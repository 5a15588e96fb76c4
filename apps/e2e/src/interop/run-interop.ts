import { startServer } from "../testing/start-server.ts";
import { goPeer } from "./go/go-peer.ts";
import { runInteropPeer } from "./interop-peer.ts";
import { pythonPeer } from "./python/python-peer.ts";

// Runs the clients in other languages against a server of their own: `node apps/e2e/src/interop/run-interop.ts`.
// A client whose toolchain is missing is named, and is no failure.
await using server = await startServer({ flags: ["--gpu-count", "24"] });
for (const peer of [pythonPeer, goPeer]) {
  const outcome = await runInteropPeer(peer, new URL(server.url).host);
  switch (outcome.kind) {
    case "passed":
      process.stdout.write(`${peer.name}: passed. ${outcome.said}\n`);
      break;
    case "failed":
      process.stdout.write(`${peer.name}: FAILED. ${outcome.reason}\n`);
      process.exitCode = 1;
      break;
    case "not run":
      process.stdout.write(`${peer.name}: not run. ${outcome.reason}\n`);
      break;
  }
}
