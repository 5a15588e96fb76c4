import { compareAnswers } from "./compare-answers.ts";
import { askSide, type Judgement, type Sides } from "./judge-request.ts";
import type { WireRequest } from "./wire-request.ts";

/** Joins what doesn't hold of these claims; undefined where all of them do. */
export function complaints(claims: readonly (readonly [holds: boolean, otherwise: string])[]): string | undefined {
  const broken = claims.flatMap(([holds, otherwise]) => (holds ? [] : [otherwise]));
  return broken.length === 0 ? undefined : broken.join(", ");
}

/** Complains where our answer isn't what stock answers to an equivalent request. */
export async function complainUnlikeStock(
  { ours }: Judgement,
  sides: Sides,
  equivalent: WireRequest,
): Promise<string | undefined> {
  const wanted = await askSide(sides.stock, equivalent);
  const unlike = compareAnswers({ ...wanted, reusable: ours.reusable }, ours);
  return unlike.length === 0 ? undefined : `it isn't what the equivalent request gets: ${unlike.join(", ")}`;
}

/** A request with other values of headers. */
export function withHeaders(request: WireRequest, change: (name: string, value: string) => string): WireRequest {
  return { ...request, headers: request.headers.map(([name, value]) => [name, change(name, value)]) };
}
