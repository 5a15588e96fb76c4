import type { HttpExchange } from "../../net/http-exchange.ts";
import type { CallForm } from "../../rpc/call-form.ts";
import { acceptsText } from "../../rpc/grpc-web/content-type.ts";
import { codecSuffixOf } from "./media-type.ts";
import type { ResponseTerms } from "./passage.ts";

/** What a request says of the response that its client wants. */
export interface WantedResponse {
  readonly terms: ResponseTerms;
  /** Whether the body is to be in base64. */
  readonly text: boolean;
}

/**
 * Reads what a request says of its response.
 *
 * @throws ConnectError with `INVALID_ARGUMENT` for a content type that is none.
 */
export function readResponseTerms(
  { headers }: HttpExchange,
  { protocol, text: textRequest }: CallForm,
  maxMessageBytes: number,
): WantedResponse {
  const requestType = headers["content-type"] ?? "";
  if (protocol.name !== "grpc-web") {
    return { terms: { contentType: requestType, readsCompressed: true, maxMessageBytes }, text: false };
  }
  const text = acceptsText(headers.accept, textRequest);
  const suffix = codecSuffixOf(requestType) || "+proto";
  const contentType = `application/grpc-web${text ? "-text" : ""}${suffix}`;
  const readsCompressed = headers["grpc-accept-encoding"] !== undefined;
  return { terms: { contentType, readsCompressed, maxMessageBytes }, text };
}
