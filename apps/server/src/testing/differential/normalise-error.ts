import { fromBinary } from "@bufbuild/protobuf";
import { StatusSchema } from "@switchboard/proto/gen/google/rpc/status_pb.js";
import type { Field } from "./script.ts";

/** Stands for a text that a framework worded, which is no part of any contract. */
export const frameworkText = "(the framework's own words)";

/** The texts that handlers gave their errors, which have to arrive as they are. */
export type HandlerTexts = ReadonlySet<string>;

/** Replaces an error's message, unless a handler made it. */
export function normaliseMessage(message: string, texts: HandlerTexts): string {
  return message === "" || texts.has(message) ? message : frameworkText;
}

/** Joins the values of each name, as RFC 9110, section 5.3 has it, and sorts the names. */
export function joinFields(fields: readonly Field[]): Record<string, string> {
  const joined = new Map<string, string>();
  for (const [name, value] of fields) {
    const before = joined.get(name);
    joined.set(name, before === undefined ? value : `${before}, ${value}`);
  }
  for (const [name, value] of joined) {
    // A status message is a text, which may have commas of its own.
    const isList = value.includes(",") && !name.startsWith("grpc-");
    const list = isList ? dropEmpty(value) : value.trim();
    if (list === "" && isList) {
      joined.delete(name);
    } else {
      joined.set(name, list);
    }
  }
  return Object.fromEntries([...joined].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Normalises trailers: the message and the details of an error are decoded. */
export function normaliseTrailers(fields: readonly Field[], texts: HandlerTexts): Record<string, unknown> {
  const joined = joinFields(fields);
  const message = joined["grpc-message"];
  const details = joined["grpc-status-details-bin"];
  return {
    ...joined,
    ...(message === undefined ? undefined : { "grpc-message": normaliseMessage(decodeGrpcMessage(message), texts) }),
    ...(details === undefined ? undefined : { "grpc-status-details-bin": decodeStatus(details, texts) }),
  };
}

/** Normalises the JSON of a Connect error, of which unknown parts are kept as they are. */
export function normaliseErrorJson(value: unknown, texts: HandlerTexts): unknown {
  if (!isObject(value)) {
    return value;
  }
  const { message, details } = value;
  return {
    ...value,
    ...(typeof message === "string" ? { message: normaliseMessage(message, texts) } : undefined),
    ...(Array.isArray(details) ? { details: details.map(normaliseDetail) } : undefined),
  };
}

/** Normalises the JSON that ends a Connect stream. */
export function normaliseEndStream(value: unknown, texts: HandlerTexts): unknown {
  if (!isObject(value)) {
    return value;
  }
  const { error, metadata } = value;
  const fields = Object.entries(isObject(metadata) ? metadata : {}).flatMap(([name, values]): Field[] =>
    Array.isArray(values) ? values.map((each): Field => [name.toLowerCase(), String(each)]) : [[name, "no list"]],
  );
  return {
    ...value,
    metadata: joinFields(fields),
    ...(error === undefined ? undefined : { error: normaliseErrorJson(error, texts) }),
  };
}

/** Whether a value is an object of JSON. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function normaliseDetail(detail: unknown): unknown {
  return isObject(detail) && typeof detail.value === "string"
    ? { ...detail, value: Buffer.from(detail.value, "base64").toString("hex") }
    : detail;
}

/** Percent-decodes a status message, and marks one with bytes that must not stand there. */
function decodeGrpcMessage(text: string): string {
  if (!/^(?:[ -$&-~]|%[0-9A-Fa-f]{2})*$/.test(text)) {
    return `(not percent-encoded) ${text}`;
  }
  try {
    return decodeURIComponent(text);
  } catch {
    return `(no UTF-8) ${text}`;
  }
}

function decodeStatus(text: string, texts: HandlerTexts): unknown {
  const { code, message, details } = fromBinary(StatusSchema, Buffer.from(text, "base64"));
  return {
    code,
    message: normaliseMessage(message, texts),
    details: details.map(({ typeUrl, value }) => [typeUrl, Buffer.from(value).toString("hex")]),
  };
}

/** Empty elements of a list mean nothing (RFC 9110, section 5.6.1.2), and a list of them alone may be left out. */
function dropEmpty(list: string): string {
  return list
    .split(",")
    .map((element) => element.trim())
    .filter((element) => element !== "")
    .join(", ");
}
