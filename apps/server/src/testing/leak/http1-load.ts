import { Agent, request } from "node:http";
import { type CallPlan, type PlanCall, planCall } from "./call-plan.ts";
import { afterTurns, cutPieces } from "./http2-load.ts";
import type { Random } from "./random.ts";

/** How many connections are open at a time. */
const connections = 8;

/** Makes this many calls over HTTP/1.1, on connections that are kept; a call that is given up ends its own. */
export async function loadOverHttp1(
  port: number,
  calls: number,
  random: Random,
  plan: PlanCall = planCall,
): Promise<void> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  let unmade = calls;
  const lane = async () => {
    while (unmade-- > 0) {
      await runCall(agent, port, { plan: plan(random, "1.1"), random });
    }
  };
  await Promise.all(Array.from({ length: connections }, lane));
  agent.destroy();
}

interface Call {
  readonly plan: CallPlan;
  readonly random: Random;
}

function runCall(agent: Agent, port: number, { plan, random }: Call): Promise<void> {
  const call = request({ agent, host: "127.0.0.1", port, path: plan.path, method: "POST", headers: plan.fields });
  call.on("error", () => {});
  const closed = new Promise<void>((resolve) => call.once("close", resolve));
  const cancel = () => void call.destroy();
  const cancelLater = () => afterTurns(random.below(6), cancel);
  call.once("response", (response) => {
    response.on("error", () => {});
    if (plan.cancelAt === "after headers") {
      cancel();
    } else if (plan.cancelAt === "mid-stream") {
      response.once("data", cancel);
    }
    response.resume();
  });
  if (plan.cancelAt === "before the body") {
    call.flushHeaders();
    call.once("socket", cancelLater);
  } else if (plan.cancelAt === "mid-upload") {
    cutPieces(plan.pieces, random).forEach((piece) => void call.write(piece));
    call.once("socket", cancelLater);
  } else {
    plan.pieces.forEach((piece) => void call.write(piece));
    call.end();
    if (plan.cancelAt === "at the end") {
      call.once("socket", cancelLater);
    }
  }
  return closed;
}
