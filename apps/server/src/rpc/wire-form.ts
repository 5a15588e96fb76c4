/**
 * How a call is written on the wire: gRPC, gRPC-Web, or one of the two forms of the Connect protocol, which has length
 * prefixes for streams only.
 */
export type WireForm = "grpc" | "grpc-web" | "connect-stream" | "connect-unary";

/** What tells a request's wire form. */
export interface FormFacts {
  /** The HTTP method, in capitals. */
  readonly method: string;
  /** The value of `content-type`; empty where there is none. */
  readonly contentType: string;
  /** The request's path and query. */
  readonly target: string;
}

const prefixes: readonly (readonly [string, WireForm])[] = [
  ["application/grpc-web", "grpc-web"],
  ["application/grpc", "grpc"],
  ["application/connect+", "connect-stream"],
];

/** What may stand behind `application/grpc` and `application/grpc-web`. */
const behindPrefix = /^(-text(-base64)?)?(\+|$)/;

/**
 * Tells a request's wire form by its content type, and a Connect GET by its query parameters. Undefined for anything
 * that is no call. Parameters of the content type and upper case make no difference, nor does a codec that we lack.
 */
export function wireFormOf({ method, contentType, target }: FormFacts): WireForm | undefined {
  if (contentType === "") {
    return method === "GET" && isGetCall(target) ? "connect-unary" : undefined;
  }
  const mediaType = contentType.split(";", 1)[0]?.trim().toLowerCase() ?? "";
  for (const [prefix, form] of prefixes) {
    if (mediaType.startsWith(prefix)) {
      return form === "connect-stream" || behindPrefix.test(mediaType.slice(prefix.length)) ? form : undefined;
    }
  }
  if (method === "POST" && (mediaType === "application/json" || mediaType === "application/proto")) {
    return "connect-unary";
  }
  return method === "GET" && isGetCall(target) ? "connect-unary" : undefined;
}

function isGetCall(target: string): boolean {
  return /[?&]encoding=/.test(target) && /[?&]message=/.test(target);
}
