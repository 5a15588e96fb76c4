import { type ClientHttp2Session, type ClientHttp2Stream, connect, constants } from "node:http2";
import { type CallPlan, type PlanCall, planCall } from "./call-plan.ts";
import type { Random } from "./random.ts";

/** How many calls one connection carries; far fewer of them are reset than a server lets pass. */
const callsPerSession = 500;

/** How many calls one connection has open. */
const streamsPerSession = 12;

/** Makes this many calls over HTTP/2, on one connection after another. */
export async function loadOverHttp2(
  port: number,
  calls: number,
  random: Random,
  plan: PlanCall = planCall,
): Promise<void> {
  for (let left = calls; left > 0; left -= callsPerSession) {
    const session = connect(`http://127.0.0.1:${port}`);
    session.on("error", () => {});
    let unmade = Math.min(left, callsPerSession);
    const lane = async () => {
      while (unmade-- > 0) {
        await runCall(session, plan(random, "2"), random);
      }
    };
    await Promise.all(Array.from({ length: streamsPerSession }, lane));
    const closed = new Promise((resolve) => session.once("close", resolve));
    if (random.below(2) === 0) {
      session.close();
    } else {
      session.destroy();
    }
    await closed;
  }
}

function runCall(session: ClientHttp2Session, plan: CallPlan, random: Random): Promise<void> {
  const stream = session.request({ ":method": "POST", ":path": plan.path, te: "trailers", ...plan.fields });
  stream.on("error", () => {});
  const closed = new Promise<void>((resolve) => stream.once("close", resolve));
  // In the very turn of what the session reads, a close can abort Node's process.
  const cancel = () => void setImmediate(() => stream.close(constants.NGHTTP2_CANCEL));
  const cancelLater = () => void afterTurns(random.below(6), cancel);
  if (plan.cancelAt === "after headers") {
    stream.once("response", cancel);
  } else if (plan.cancelAt === "mid-stream") {
    stream.once("data", cancel);
  }
  stream.resume();
  if (plan.cancelAt === "before the body") {
    cancelLater();
  } else if (plan.cancelAt === "mid-upload") {
    writePieces(stream, cutPieces(plan.pieces, random));
    cancelLater();
  } else {
    writePieces(stream, plan.pieces);
    // The server may have answered and ended the stream already.
    stream.end();
    if (plan.cancelAt === "at the end") {
      cancelLater();
    }
  }
  return closed;
}

function writePieces(stream: ClientHttp2Stream, pieces: readonly Uint8Array[]): void {
  for (const piece of pieces) {
    stream.write(piece);
  }
}

/** The start of a body, which ends anywhere but at its end. */
export function cutPieces(pieces: readonly Uint8Array[], random: Random): readonly Uint8Array[] {
  const whole = Buffer.concat(pieces);
  return [whole.subarray(0, random.below(whole.byteLength))];
}

/** Calls back after a number of the event loop's turns. */
export function afterTurns(turns: number, callback: () => void): void {
  if (turns === 0) {
    callback();
  } else {
    setImmediate(() => afterTurns(turns - 1, callback));
  }
}
