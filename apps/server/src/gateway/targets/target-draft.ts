import { ConnectError } from "@connectrpc/connect";
import { parseTargetAddress, type TargetAddress } from "../../address/target-address.ts";
import { isTargetName, localTargetName, targetNameAllowed } from "../../address/target-name.ts";
import { assertMetadata } from "../bridge/metadata-rules.ts";
import type { HeldField, TargetSettings, TlsClientSettings } from "./target-settings.ts";

/** The settings of a target as somebody wrote them, in the file or in the page, not checked yet. */
export interface TargetDraft extends Omit<TargetSettings, "address" | "origin"> {
  readonly address: string;
}

/** One thing that is wrong with a draft. */
export interface DraftViolation {
  /** The path of the field by its names in the proto file, as in `tls.ca_file` or `metadata[0].name`. */
  readonly field: string;
  /** What is wrong: the limit, and the value where it is short and no secret. Lower-case, without a period. */
  readonly description: string;
}

/** What came of checking a draft. */
export type CheckedDraft =
  | { readonly kind: "settings"; readonly settings: TargetSettings }
  /** At least one. */
  | { readonly kind: "violations"; readonly violations: readonly DraftViolation[] };

/** The most fields of metadata that a target holds, in either of its two lists. */
const maxHeldFields = 64;

/** The most bytes that the names and values of a target's metadata have together, in either of its two lists: 16 KiB. */
const maxHeldBytes = 16_384;

/** The longest deadline and the longest keepalive, that of a timer in Node.js: 2^31 - 1 milliseconds, almost 25 days. */
const maxDurationMs = 2_147_483_647;

/** The shortest keepalive, in milliseconds: servers take more frequent pings for a flood. */
const minKeepaliveMs = 1_000;

const maxMessageBytes = 0xffff_ffff;
const serverNamePattern = /^(?=.{1,253}$)[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)*$/;

/** Longer texts are cut where a description quotes them, in characters. */
const maxQuoted = 100;

/** Checks a draft, and tells all that is wrong with it at once. */
export function checkDraft(draft: TargetDraft, origin: TargetSettings["origin"]): CheckedDraft {
  const parsed = parseTargetAddress(draft.address);
  const violations = [
    ...checkName(draft.name),
    // An address that is refused may hold a password, and is not quoted.
    ...(parsed.kind === "fault"
      ? [{ field: "address", description: `is not an address: ${parsed.fault}` }]
      : checkTls(draft.tls, parsed.address)),
    ...checkFields("metadata", draft.metadata),
    ...checkFields("reflection_metadata", draft.reflectionMetadata),
    ...checkRange("default_deadline", draft.defaultDeadlineMs, [1, maxDurationMs], "milliseconds"),
    ...checkRange("max_message_bytes", draft.maxMessageBytes, [1, maxMessageBytes], "bytes"),
    ...checkRange("keepalive", draft.keepaliveMs, [minKeepaliveMs, maxDurationMs], "milliseconds"),
  ];
  if (violations.length > 0 || parsed.kind === "fault") {
    return { kind: "violations", violations };
  }
  return { kind: "settings", settings: freezeSettings({ ...draft, address: parsed.address, origin }) };
}

function checkName(name: string): DraftViolation[] {
  if (!isTargetName(name)) {
    const quoted = JSON.stringify(name.slice(0, maxQuoted));
    return [{ field: "name", description: `${quoted} is not ${targetNameAllowed}` }];
  }
  return name === localTargetName
    ? [{ field: "name", description: `${name} is the name of this server's own services; choose another` }]
    : [];
}

function checkTls(tls: TlsClientSettings, address: TargetAddress): DraftViolation[] {
  const violations: DraftViolation[] = [];
  const { caFile, certificateFile, keyFile, serverName, insecure } = tls;
  const isSet = insecure || [caFile, certificateFile, keyFile, serverName].some((value) => value !== undefined);
  if (isSet && !(address.kind === "tcp" && address.secure)) {
    return [{ field: "tls", description: "is for addresses that begin with https:// only; leave it out here" }];
  }
  if (certificateFile !== undefined && keyFile === undefined) {
    violations.push({ field: "tls.key_file", description: "is missing; a certificate needs its private key" });
  }
  if (keyFile !== undefined && certificateFile === undefined) {
    violations.push({ field: "tls.certificate_file", description: "is missing; a private key needs its certificate" });
  }
  if (serverName !== undefined && !serverNamePattern.test(serverName)) {
    violations.push({ field: "tls.server_name", description: "must be a host's name, as in api.example.com" });
  }
  return violations;
}

function checkFields(list: string, fields: readonly HeldField[]): DraftViolation[] {
  if (fields.length > maxHeldFields) {
    return [{ field: list, description: `must have at most ${maxHeldFields} fields, and has ${fields.length}` }];
  }
  const bytes = fields.reduce((sum, { name, value }) => sum + name.length + value.length, 0);
  if (bytes > maxHeldBytes) {
    const description = `must have at most ${maxHeldBytes} bytes of names and values together, and has ${bytes}`;
    return [{ field: list, description }];
  }
  return fields.flatMap((field, index) => {
    const description = metadataFault(field);
    return description === undefined ? [] : [{ field: `${list}[${index}]`, description }];
  });
}

/** Says what is wrong with a field, naming it, never its value. */
function metadataFault({ name, value }: HeldField): string | undefined {
  try {
    assertMetadata(name, value);
    return undefined;
  } catch (error) {
    return ConnectError.from(error).rawMessage;
  }
}

function checkRange(
  field: string,
  value: number | undefined,
  [min, max]: readonly [number, number],
  unit: string,
): DraftViolation[] {
  return value === undefined || (value >= min && value <= max)
    ? []
    : [{ field, description: `must be from ${min} to ${max} ${unit}, and is ${value}` }];
}

function freezeSettings(settings: TargetSettings): TargetSettings {
  const freezeFields = (fields: readonly HeldField[]) =>
    Object.freeze(fields.map((field) => Object.freeze({ ...field })));
  return Object.freeze({
    name: settings.name,
    address: Object.freeze({ ...settings.address }),
    origin: settings.origin,
    tls: Object.freeze({ ...settings.tls }),
    metadata: freezeFields(settings.metadata),
    reflectionMetadata: freezeFields(settings.reflectionMetadata),
    defaultDeadlineMs: settings.defaultDeadlineMs,
    maxMessageBytes: settings.maxMessageBytes,
    keepaliveMs: settings.keepaliveMs,
  });
}
