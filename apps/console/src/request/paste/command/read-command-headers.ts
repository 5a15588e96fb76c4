import { base64Encode } from "@bufbuild/protobuf/wire";
import { isReservedName } from "../../../call/metadata.ts";
import { loss, remark } from "../paste-notes.ts";
import type { PasteNote } from "../paste-reading.ts";
import { deadlineText } from "./deadline-flag.ts";
import type { UsedFlag } from "./read-flags.ts";

/** What a command's header fields mean for a call. */
export interface CommandHeaders {
  readonly metadata: readonly (readonly [name: string, value: string])[];
  /** The type of the data, without parameters. */
  readonly contentType: string | undefined;
  /** A deadline that a header holds. */
  readonly deadline: string | undefined;
  readonly notes: readonly PasteNote[];
}

/** The most header fields that are taken over. */
const maxHeaders = 64;

/** Reads the header fields that a command sends. */
export function readCommandHeaders(flags: readonly UsedFlag[]): CommandHeaders {
  const metadata: (readonly [string, string])[] = [];
  const reserved = new Set<string>();
  const notes: PasteNote[] = [];
  let contentType: string | undefined;
  let deadline: string | undefined;
  for (const { role, value, flag } of flags) {
    if (role === "user") {
      metadata.push(["authorization", `Basic ${base64Encode(new TextEncoder().encode(value))}`]);
    } else if (role === "userAgent") {
      reserved.add(flag);
    } else if (role === "json") {
      contentType ??= "application/json";
    } else if (role === "header" && value !== "") {
      const [name, content] = splitHeader(value);
      if (name === "") {
        notes.push(loss("badHeader", { actual: value }));
      } else if (name === "content-type") {
        contentType = content.split(";")[0]?.trim().toLowerCase();
      } else if (name === "connect-timeout-ms" || name === "grpc-timeout") {
        deadline = name === "grpc-timeout" ? grpcTimeout(content) : deadlineText(Number(content));
      } else if (isReservedName(name)) {
        reserved.add(name);
      } else if (metadata.length < maxHeaders) {
        metadata.push([name, content]);
      }
    }
  }
  const forReflection = flags.filter(({ role }) => role === "reflectHeader").map(({ value }) => splitHeader(value)[0]);
  // Every such command sends these, and so does the page.
  const told = [...reserved].filter((name) => !["connect-protocol-version", "accept", "te", "host"].includes(name));
  return {
    metadata,
    contentType,
    deadline,
    notes: [
      ...notes,
      ...(told.length === 0 ? [] : [loss("reservedHeaders", { names: told.join(", ") })]),
      ...(forReflection.length === 0 ? [] : [remark("reflectHeaders", { names: forReflection.join(", ") })]),
    ],
  };
}

function splitHeader(header: string): readonly [name: string, value: string] {
  const colon = header.indexOf(":", 1);
  return colon === -1 ? ["", ""] : [header.slice(0, colon).trim().toLowerCase(), header.slice(colon + 1).trim()];
}

/** The units of gRPC's timeouts (PROTOCOL-HTTP2, "Timeout"), in milliseconds. */
const grpcUnits: ReadonlyMap<string, number> = new Map([
  ["H", 3_600_000],
  ["M", 60_000],
  ["S", 1_000],
  ["m", 1],
  ["u", 1e-3],
  ["n", 1e-6],
]);

function grpcTimeout(text: string): string | undefined {
  const [, figure = "", unit = ""] = /^(\d{1,8})([HMSmun])$/.exec(text) ?? [];
  return deadlineText(Number(figure) * (grpcUnits.get(unit) ?? 0));
}
