import { type NormalBody, normaliseBody } from "./normalise-body.ts";
import { type HandlerTexts, joinFields, normaliseTrailers } from "./normalise-error.ts";
import type { WireAnswer } from "./wire-answer.ts";

/** An answer by its meaning, in which two right implementations may not differ. */
export interface NormalAnswer extends NormalBody {
  readonly status: number | undefined;
  readonly ending: WireAnswer["ending"];
  readonly reusable: boolean | undefined;
  readonly headers: Readonly<Record<string, string>>;
  readonly trailers: Readonly<Record<string, unknown>>;
}

/** Fields that belong to the connection or the framing of the body, or tell the time. */
const transportFields = new Set(["date", "connection", "keep-alive", "transfer-encoding", "content-length"]);

/** Fields that stay in the header when a gRPC status without messages is sent as a header alone. */
const headerFieldsOfStatus = new Set(["content-type"]);

/** The error of a Connect unary call may be compressed, or not, as the server likes. */
const compressionOfErrors = "content-encoding";

const encodingFields = ["grpc-encoding", "connect-content-encoding", "content-encoding"];

/** Normalises an answer. `texts` are the messages that handlers may have given errors in this call. */
export function normaliseAnswer(answer: WireAnswer, texts: HandlerTexts): NormalAnswer {
  const { status, ending, reusable } = answer;
  const fields = joinFields(answer.headers.filter(([name]) => !transportFields.has(name)));
  const encoding = encodingFields.map((name) => fields[name]).find((value) => value !== undefined);
  const contentType = fields["content-type"] ?? "";
  const body = normaliseBody(answer.body, { status: status ?? 0, contentType, encoding, texts });
  const isTrailersOnly = fields["grpc-status"] !== undefined && answer.body.byteLength === 0;
  const inTrailers = isTrailersOnly ? answer.headers.filter(([name]) => belongsToTrailers(name)) : [];
  const trailers = normaliseTrailers([...inTrailers, ...answer.trailers], texts);
  const isWeb = contentType.toLowerCase().startsWith("application/grpc-web");
  return {
    status,
    ending,
    reusable,
    headers: Object.fromEntries(
      Object.entries(fields).filter(
        ([name]) => !(isTrailersOnly && belongsToTrailers(name)) && !(status !== 200 && name === compressionOfErrors),
      ),
    ),
    ...body,
    // Both ways to send a status without messages mean the same: in gRPC-Web the body holds what trailers hold in gRPC.
    end: isWeb && isTrailersOnly ? trailers : body.end,
    trailers: isWeb && isTrailersOnly ? {} : trailers,
  };
}

function belongsToTrailers(name: string): boolean {
  return !transportFields.has(name) && !headerFieldsOfStatus.has(name);
}
