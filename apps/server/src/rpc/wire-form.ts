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

/**
 * Tells a request's wire form by its content type, and a Connect GET by its query parameters. Undefined for anything
 * that is no call. Parameters of the content type and upper case make no difference.
 */
export function wireFormOf({ method, contentType, target }: FormFacts): WireForm | undefined {
  const mediaType = contentType.split(";", 1)[0]?.trim().toLowerCase() ?? "";
  if (/^application\/grpc-web(-text)?(\+|$)/.test(mediaType)) {
    return "grpc-web";
  }
  if (/^application\/grpc(\+|$)/.test(mediaType)) {
    return "grpc";
  }
  if (mediaType.startsWith("application/connect+")) {
    return "connect-stream";
  }
  if (method === "POST" && (mediaType === "application/json" || mediaType === "application/proto")) {
    return "connect-unary";
  }
  return method === "GET" && /[?&]encoding=/.test(target) && /[?&]message=/.test(target) ? "connect-unary" : undefined;
}

/** The name of the protocol that a wire form belongs to. */
export function protocolOf(form: WireForm): "connect" | "grpc" | "grpc-web" {
  return form === "grpc" || form === "grpc-web" ? form : "connect";
}
