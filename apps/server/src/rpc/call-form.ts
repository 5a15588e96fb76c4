import type { CodecName } from "./codec-name.ts";
import { parseContentType as parseConnect } from "./connect/content-type.ts";
import { connectStreamProtocol, connectUnaryProtocol } from "./connect/protocol.ts";
import { parseContentType as parseGrpc } from "./grpc/content-type.ts";
import { grpcProtocol } from "./grpc/protocol.ts";
import { parseContentType as parseGrpcWeb } from "./grpc-web/content-type.ts";
import { grpcWebProtocol } from "./grpc-web/protocol.ts";
import type { Protocol } from "./protocol.ts";

/** How a call is written, by its content type or by the query of a GET. */
export interface CallForm {
  readonly protocol: Protocol;
  /** Undefined for one that we lack, and for a GET, whose query names it. */
  readonly codec: CodecName | undefined;
  /** Whether the body is in base64, as gRPC-Web's text form has it. */
  readonly text: boolean;
}

/** What tells a request's form. */
export interface FormFacts {
  /** The HTTP method, in capitals. */
  readonly method: string;
  /** The value of `content-type`; empty where there is none. */
  readonly contentType: string;
  /** The request's path and query. */
  readonly target: string;
}

/** The most content types that are kept, so that what clients send doesn't fill the memory. */
const maxKept = 64;
const kept = new Map<string, CallForm | "none">();

/** The content type of the last request, which most often is that of the next. */
let last: { readonly contentType: string; readonly form: CallForm | undefined } = { contentType: "", form: undefined };

const getForm: CallForm = { protocol: connectUnaryProtocol, codec: undefined, text: false };

/**
 * Tells how a call is written. Undefined for anything that is no call. Case and parameters of the content type make no
 * difference (RFC 9110, section 8.3.1).
 */
export function readCallForm({ method, contentType, target }: FormFacts): CallForm | undefined {
  if (method === "POST") {
    return formOfType(contentType);
  }
  if (method === "GET" && /[?&]encoding=/.test(target) && /[?&]message=/.test(target)) {
    return getForm;
  }
  const form = formOfType(contentType);
  // Plain HTTP has the media types of Connect's unary form too.
  return form?.protocol.form === "connect-unary" ? undefined : form;
}

function formOfType(contentType: string): CallForm | undefined {
  if (contentType !== last.contentType) {
    last = { contentType, form: findForm(contentType) };
  }
  return last.form;
}

function findForm(contentType: string): CallForm | undefined {
  const before = kept.get(contentType);
  if (before !== undefined) {
    return before === "none" ? undefined : before;
  }
  const form = parse(contentType.split(";", 1)[0]?.trim().toLowerCase() ?? "");
  if (kept.size < maxKept) {
    kept.set(contentType, form ?? "none");
  }
  return form;
}

function parse(mediaType: string): CallForm | undefined {
  const web = parseGrpcWeb(mediaType);
  if (web !== undefined) {
    return { protocol: grpcWebProtocol, ...web };
  }
  const grpc = parseGrpc(mediaType);
  if (grpc !== undefined) {
    return { protocol: grpcProtocol, ...grpc, text: false };
  }
  const connect = parseConnect(mediaType);
  return (
    connect && {
      protocol: connect.stream ? connectStreamProtocol : connectUnaryProtocol,
      codec: connect.codec,
      text: false,
    }
  );
}
