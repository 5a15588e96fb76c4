import { create, type MessageInitShape } from "@bufbuild/protobuf";
import type { Duration, DurationSchema } from "@bufbuild/protobuf/wkt";
import {
  type HeldMetadata,
  type Target,
  TargetSchema,
} from "@switchboard/proto/gen/switchboard/console/v1/target_service_pb.js";
import { parseDeadline } from "../../request/deadline.ts";
import { readTypedAddress } from "../../target/target-address.ts";
import { formatSize, parseSize } from "../../ui/parse-size.ts";

/** One row of metadata that the server is to hold. */
export interface HeldRow {
  /** Tells rows apart while they are edited; never sent. */
  readonly id: string;
  readonly name: string;
  /** Undefined for the value that the server holds already and never shows. */
  readonly value: string | undefined;
}

/** What is typed about a target. */
export interface TargetForm {
  readonly address: string;
  /** Undefined for the name that the address suggests. */
  readonly name: string | undefined;
  readonly tls: TlsForm;
  readonly metadata: readonly HeldRow[];
  /** Undefined where the schema is asked for with the same metadata. */
  readonly reflectionMetadata: readonly HeldRow[] | undefined;
  /** Durations as typed: `30 s`; blank for none. */
  readonly defaultDeadline: string;
  readonly keepalive: string;
  /** A size as typed: `4 MiB`; blank for the server's own. */
  readonly maxMessage: string;
}

/** The part of a form about TLS. */
export interface TlsForm {
  readonly caFile: string;
  readonly certificateFile: string;
  readonly keyFile: string;
  readonly serverName: string;
  readonly insecure: boolean;
}

/** A form with nothing in it but an address. */
export function createForm(address: string): TargetForm {
  return {
    address,
    name: undefined,
    tls: { caFile: "", certificateFile: "", keyFile: "", serverName: "", insecure: false },
    metadata: [],
    reflectionMetadata: undefined,
    defaultDeadline: "",
    keepalive: "",
    maxMessage: "",
  };
}

/** The form that a target was set up with; values that the server holds are not among it. */
export function formOf(target: Target, createId: () => string): TargetForm {
  const rows = (fields: readonly HeldMetadata[]): HeldRow[] =>
    fields.map(({ name }) => ({ id: createId(), name, value: undefined }));
  const { caFile = "", certificateFile = "", keyFile = "", serverName = "", insecure = false } = target.tls ?? {};
  return {
    address: target.address,
    name: target.name,
    tls: { caFile, certificateFile, keyFile, serverName, insecure },
    metadata: rows(target.metadata),
    reflectionMetadata: target.reflectionMetadata.length === 0 ? undefined : rows(target.reflectionMetadata),
    defaultDeadline: formatDuration(target.defaultDeadline),
    keepalive: formatDuration(target.keepalive),
    maxMessage: formatSize(target.maxMessageBytes),
  };
}

/** A field of the form whose text can't be read. */
export type FormField = "address" | "name" | "defaultDeadline" | "keepalive" | "maxMessage";

/** What a form says: a target, or the fields that can't be read. */
export type ReadForm =
  | { readonly kind: "valid"; readonly target: Target }
  | { readonly kind: "invalid"; readonly fields: ReadonlySet<FormField> };

/** The name that a form gives its target: the one typed, or else the one that the address suggests. */
export function nameOf({ name, address }: TargetForm): string {
  return name ?? readTypedAddress(address)?.name ?? "";
}

/** Reads a form. What the page can't know, as whether a name is taken, the server checks. */
export function readForm(form: TargetForm): ReadForm {
  const address = readTypedAddress(form.address)?.address;
  const name = nameOf(form).trim();
  const defaultDeadline = readDuration(form.defaultDeadline);
  const keepalive = readDuration(form.keepalive);
  const maxMessageBytes = parseSize(form.maxMessage);
  const fields: FormField[] = [];
  if (address === undefined) {
    fields.push("address");
  }
  if (name === "") {
    fields.push("name");
  }
  if (defaultDeadline === "refused") {
    fields.push("defaultDeadline");
  }
  if (keepalive === "refused") {
    fields.push("keepalive");
  }
  if (maxMessageBytes === undefined) {
    fields.push("maxMessage");
  }
  if (fields.length > 0 || address === undefined || defaultDeadline === "refused" || keepalive === "refused") {
    return { kind: "invalid", fields: new Set(fields) };
  }
  const target = create(TargetSchema, {
    name,
    address,
    tls: form.tls,
    metadata: form.metadata.flatMap(toHeld),
    reflectionMetadata: form.reflectionMetadata?.flatMap(toHeld) ?? [],
    maxMessageBytes: maxMessageBytes ?? 0,
    ...(defaultDeadline === undefined ? {} : { defaultDeadline }),
    ...(keepalive === undefined ? {} : { keepalive }),
  });
  return { kind: "valid", target };
}

/** An empty row is none. A value that is left out is the one that the server holds. */
function toHeld({ name, value }: HeldRow): { name: string; value?: string }[] {
  const trimmed = name.trim();
  if (trimmed === "" && !value) {
    return [];
  }
  return [value === undefined ? { name: trimmed } : { name: trimmed, value }];
}

const msPerSecond = 1_000;
const nanosPerMs = 1_000_000;

function readDuration(text: string): MessageInitShape<typeof DurationSchema> | undefined | "refused" {
  const read = parseDeadline(text);
  switch (read.kind) {
    case "none":
      return undefined;
    case "refused":
      return "refused";
    case "set":
      return { seconds: BigInt(Math.floor(read.ms / msPerSecond)), nanos: (read.ms % msPerSecond) * nanosPerMs };
  }
}

function formatDuration(duration: Duration | undefined): string {
  if (duration === undefined) {
    return "";
  }
  const ms = Number(duration.seconds) * msPerSecond + Math.round(duration.nanos / nanosPerMs);
  return ms % msPerSecond === 0 ? `${ms / msPerSecond} s` : `${ms} ms`;
}
