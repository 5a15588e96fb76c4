import { parseContentType as parseConnect } from "./connect/content-type.ts";
import { connectStreamProtocol, connectUnaryProtocol } from "./connect/protocol.ts";
import { parseContentType as parseGrpc } from "./grpc/content-type.ts";
import { grpcProtocol } from "./grpc/protocol.ts";
import { parseContentType as parseGrpcWeb } from "./grpc-web/content-type.ts";
import { grpcWebProtocol } from "./grpc-web/protocol.ts";
import type { CodecName, Protocol } from "./protocol.ts";
import type { WireForm } from "./wire-form.ts";

/** How a request is written, as far as its content type tells. */
export interface CallForm {
  readonly protocol: Protocol;
  readonly codec: CodecName;
  /** Whether the body is in base64, as gRPC-Web's text form has it. */
  readonly text: boolean;
}

const protocols: Readonly<Record<WireForm, Protocol>> = {
  grpc: grpcProtocol,
  "grpc-web": grpcWebProtocol,
  "connect-stream": connectStreamProtocol,
  "connect-unary": connectUnaryProtocol,
};

/** The protocol of a wire form. */
export function protocolOfForm(form: WireForm): Protocol {
  return protocols[form];
}

/** The most content types that are kept, so that what clients send doesn't fill the memory. */
const maxKept = 64;
const kept = new Map<string, CallForm | undefined>();

/**
 * Reads a content type. Its case and parameters make no difference (RFC 9110, section 8.3.1). Undefined where no protocol has
 * it with a codec of ours.
 */
export function readCallForm(contentType: string): CallForm | undefined {
  const known = kept.get(contentType);
  if (known !== undefined) {
    return known;
  }
  const form = parse(contentType);
  if (form !== undefined && kept.size < maxKept) {
    kept.set(contentType, form);
  }
  return form;
}

function parse(contentType: string): CallForm | undefined {
  const mediaType = mediaTypeOf(contentType);
  const grpc = parseGrpc(mediaType);
  if (grpc !== undefined) {
    return { protocol: grpcProtocol, codec: grpc, text: false };
  }
  const web = parseGrpcWeb(mediaType);
  if (web !== undefined) {
    return { protocol: grpcWebProtocol, ...web };
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

/** The media type of a `content-type`, in lower case and without its parameters. */
export function mediaTypeOf(contentType: string): string {
  return contentType.split(";", 1)[0]?.trim().toLowerCase() ?? "";
}
