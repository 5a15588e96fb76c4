import { textEnvelope } from "../envelope.ts";
import { type CallPlan, planCancel } from "./call-plan.ts";
import { type Fate, fateField, fates } from "./fate.ts";
import type { Random } from "./random.ts";

/** The name of the target that carried calls go to, which has to be the proxy too. */
export const soakedTarget = "up";

const method = "/soak.Service/Method";

/** The path of a carried call. */
export const carriedPath = `/gateway/${soakedTarget}${method}`;

const webTypes = ["application/grpc-web+proto", "application/grpc-web-text", "application/grpc-web"] as const;

/** Connect has no bridge, so its calls are refused. */
const refusedTypes = ["application/connect+proto", "application/proto", "text/plain"] as const;

/** Plans a call to the target, of a protocol that the HTTP version can carry; a third of them are given up. */
export function planCarriedCall(random: Random, version: "1.1" | "2"): CallPlan {
  const contentType = random.below(20) === 0 ? random.pick(refusedTypes) : pickType(random, version);
  const isText = contentType.endsWith("-text");
  const pieces = planMessages(random).map((piece) => (isText ? Buffer.from(piece.toString("base64")) : piece));
  return {
    path: random.below(2) === 0 ? carriedPath : method,
    fields: { "content-type": contentType, ...planFate(random) },
    pieces,
    cancelAt: planCancel(random),
  };
}

function pickType(random: Random, version: "1.1" | "2"): string {
  return version === "2" && random.below(2) === 0 ? "application/grpc+proto" : random.pick(webTypes);
}

/** The messages of a call, with their length prefixes. */
export function planMessages(random: Random): readonly Buffer[] {
  return Array.from({ length: random.below(6) }, (_, index) => textEnvelope(String(index)));
}

/** The fields that tell the target what to do, with a deadline for what would not end by itself. */
export function planFate(random: Random): Record<string, string> {
  const fate = pickFate(random);
  const lasts = fate === "silence" || fate === "flood" || random.below(4) === 0;
  return { [fateField]: fate, ...(lasts ? { "grpc-timeout": `${10 + random.below(30)}m` } : {}) };
}

/** What ends a whole connection is seldom, since it ends the calls beside it too. */
function pickFate(random: Random): Fate {
  const fate = random.pick(fates);
  return (fate === "drop" || fate === "go away") && random.below(5) > 0 ? "answer" : fate;
}
