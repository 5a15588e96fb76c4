import { runHarbour } from "../gateway/run-harbour.ts";
import { startServer } from "../testing/start-server.ts";
import { goHarbour } from "./go/go-harbour.ts";
import { goPeer } from "./go/go-peer.ts";
import { grpcJsHarbour } from "./harbour/grpc-js-harbour.ts";
import { type InteropOutcome, runInteropPeer } from "./interop-peer.ts";
import { pythonHarbour } from "./python/python-harbour.ts";
import { pythonPeer } from "./python/python-peer.ts";

// Runs the clients in other languages against a server of their own, then servers in other languages behind the gateway:
// `node apps/e2e/src/interop/run-interop.ts`. What needs a toolchain that is missing is named, and is no failure.

function report(name: string, outcome: InteropOutcome): void {
  switch (outcome.kind) {
    case "passed":
      process.stdout.write(`${name}: passed. ${outcome.said}\n`);
      break;
    case "failed":
      process.stdout.write(`${name}: FAILED. ${outcome.reason}\n`);
      process.exitCode = 1;
      break;
    case "not run":
      process.stdout.write(`${name}: not run. ${outcome.reason}\n`);
      break;
  }
}

await using server = await startServer({ flags: ["--gpu-count", "24"] });
for (const peer of [pythonPeer, goPeer]) {
  report(peer.name, await runInteropPeer(peer, new URL(server.url).host));
}
for (const harbour of [grpcJsHarbour, pythonHarbour, goHarbour]) {
  report(`${harbour.name} behind the gateway`, await runHarbour(harbour));
}
