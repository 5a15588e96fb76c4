import { create, type JsonValue, toBinary, toJson } from "@bufbuild/protobuf";
import { base64Encode } from "@bufbuild/protobuf/wire";
import type { ConnectError } from "@connectrpc/connect";
import { codeToString } from "@connectrpc/connect/protocol-connect";
import { appendMetadata, mergeErrorMetadata } from "../metadata.ts";
import type { JsonOptions } from "../protocol.ts";

/** The flag of the envelope that tells how a stream ended. */
export const endStreamFlag = 0b0000_0010;

interface ErrorJson {
  code: string;
  message?: string;
  details?: { type: string; value: string; debug?: JsonValue }[];
}

/** Creates the body of a unary error (https://connectrpc.com/docs/protocol#error-codes). */
export function createErrorBody(error: ConnectError, options: JsonOptions | undefined): Uint8Array {
  return Buffer.from(JSON.stringify(toErrorJson(error, options)));
}

/**
 * Creates the payload of a stream's last envelope: the error, if there is one, and the service's metadata
 * (https://connectrpc.com/docs/protocol#streaming-response).
 */
export function createEndOfStream(
  error: ConnectError | undefined,
  metadata: Headers | undefined,
  options: JsonOptions | undefined,
): Uint8Array {
  const fields: string[] = [];
  appendMetadata(fields, error === undefined ? metadata : mergeErrorMetadata(metadata, error));
  const byName: Record<string, string[]> = {};
  for (let i = 0; i < fields.length; i += 2) {
    byName[fields[i] ?? ""] = [fields[i + 1] ?? ""];
  }
  const end = {
    ...(error !== undefined && { error: toErrorJson(error, options) }),
    ...(fields.length > 0 && { metadata: byName }),
  };
  return Buffer.from(JSON.stringify(end));
}

function toErrorJson(error: ConnectError, options: JsonOptions | undefined): ErrorJson {
  const json: ErrorJson = { code: codeToString(error.code) };
  if (error.rawMessage !== "") {
    json.message = error.rawMessage;
  }
  if (error.details.length > 0) {
    json.details = error.details.map((detail) => {
      if (!("desc" in detail)) {
        return { type: detail.type, value: base64Encode(detail.value, "std_raw") };
      }
      const message = create(detail.desc, detail.value);
      const value = base64Encode(toBinary(detail.desc, message), "std_raw");
      const type = detail.desc.typeName;
      try {
        return { type, value, debug: toJson(detail.desc, message, options) };
      } catch {
        // The readable form is a courtesy: it needs a registry where the detail holds an Any.
        return { type, value };
      }
    });
  }
  return json;
}
