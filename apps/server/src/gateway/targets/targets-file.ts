import { formatTargetAddress } from "../../address/target-address.ts";
import { findJsonFault } from "./json-fault.ts";
import { checkDraft, type TargetDraft } from "./target-draft.ts";
import type { HeldField, TargetSettings } from "./target-settings.ts";

/** What a file of targets holds, or what is wrong with it and where; nothing of the file is quoted but its keys. */
export type DecodedTargets =
  | { readonly kind: "targets"; readonly targets: readonly TargetSettings[] }
  | { readonly kind: "fault"; readonly fault: string };

/** The most targets that are kept. */
export const maxSavedTargets = 100;

/** The version of the format that is read and written. */
const version = 1;

const fileKeys = ["version", "targets"] as const;
const targetKeys = [
  "name",
  "address",
  "tls",
  "metadata",
  "reflection_metadata",
  "default_deadline",
  "max_message_bytes",
  "keepalive",
] as const;
const tlsKeys = ["ca_file", "certificate_file", "key_file", "server_name", "insecure"] as const;
const fieldKeys = ["name", "value"] as const;

/** A part of the file that isn't as it has to be. */
class FileFault extends Error {
  override readonly name = "FileFault";
}

/** Reads a file of targets. Everything that isn't known is refused, so that no typing error goes unseen. */
export function decodeTargets(text: string): DecodedTargets {
  const place = findJsonFault(text);
  if (place !== undefined) {
    return { kind: "fault", fault: `${place}: this is not JSON` };
  }
  try {
    return { kind: "targets", targets: readFile(JSON.parse(text)) };
  } catch (error) {
    if (error instanceof FileFault) {
      return { kind: "fault", fault: error.message };
    }
    throw error;
  }
}

/** Writes what `decodeTargets` reads, for people to edit: what is as by default is left out. */
export function encodeTargets(targets: readonly TargetSettings[]): string {
  const entries = targets.map((target) => ({
    name: target.name,
    address: formatTargetAddress(target.address),
    tls: encodeTls(target),
    metadata: unlessEmpty(target.metadata),
    reflection_metadata: unlessEmpty(target.reflectionMetadata),
    default_deadline: encodeDuration(target.defaultDeadlineMs),
    max_message_bytes: target.maxMessageBytes,
    keepalive: encodeDuration(target.keepaliveMs),
  }));
  return `${JSON.stringify({ version, targets: entries }, undefined, 2)}\n`;
}

function encodeTls({ tls }: TargetSettings): object | undefined {
  const entries = {
    ca_file: tls.caFile,
    certificate_file: tls.certificateFile,
    key_file: tls.keyFile,
    server_name: tls.serverName,
    insecure: tls.insecure || undefined,
  };
  return Object.values(entries).some((value) => value !== undefined) ? entries : undefined;
}

function unlessEmpty<T>(list: readonly T[]): readonly T[] | undefined {
  return list.length === 0 ? undefined : list;
}

function encodeDuration(ms: number | undefined): string | undefined {
  return ms === undefined ? undefined : `${ms / 1_000}s`;
}

function readFile(json: unknown): readonly TargetSettings[] {
  const file = readObject(json, "the file", fileKeys);
  if (file.get("version") !== version) {
    throw new FileFault(`version: must be ${version}`);
  }
  const list = readList(file.get("targets"), "targets");
  if (list.length > maxSavedTargets) {
    throw new FileFault(`targets: must be at most ${maxSavedTargets}, and are ${list.length}`);
  }
  const targets = list.map((value, index) => readTarget(value, `targets[${index}]`));
  const names = new Set<string>();
  for (const [index, { name }] of targets.entries()) {
    if (names.has(name)) {
      throw new FileFault(`targets[${index}].name: ${name} is the name of an earlier target`);
    }
    names.add(name);
  }
  return targets;
}

function readTarget(json: unknown, path: string): TargetSettings {
  const target = readObject(json, path, targetKeys);
  const tls = readObject(target.get("tls") ?? {}, `${path}.tls`, tlsKeys);
  const text = (from: ReadonlyMap<string, unknown>, key: string) => readText(from.get(key), `${path}.${key}`);
  const tlsText = (key: string) => readText(tls.get(key), `${path}.tls.${key}`);
  const draft: TargetDraft = {
    name: text(target, "name") ?? "",
    address: text(target, "address") ?? "",
    tls: {
      caFile: tlsText("ca_file"),
      certificateFile: tlsText("certificate_file"),
      keyFile: tlsText("key_file"),
      serverName: tlsText("server_name"),
      insecure: readFlag(tls.get("insecure"), `${path}.tls.insecure`),
    },
    metadata: readFields(target.get("metadata"), `${path}.metadata`),
    reflectionMetadata: readFields(target.get("reflection_metadata"), `${path}.reflection_metadata`),
    defaultDeadlineMs: readDuration(target.get("default_deadline"), `${path}.default_deadline`),
    maxMessageBytes: readWhole(target.get("max_message_bytes"), `${path}.max_message_bytes`),
    keepaliveMs: readDuration(target.get("keepalive"), `${path}.keepalive`),
  };
  const checked = checkDraft(draft, "saved");
  if (checked.kind === "violations") {
    throw new FileFault(checked.violations.map((each) => `${path}.${each.field}: ${each.description}`).join("; "));
  }
  return checked.settings;
}

function readObject(json: unknown, path: string, keys: readonly string[]): ReadonlyMap<string, unknown> {
  if (typeof json !== "object" || json === null || Array.isArray(json)) {
    throw new FileFault(`${path}: must be an object, in braces`);
  }
  const entries = new Map<string, unknown>(Object.entries(json));
  for (const key of entries.keys()) {
    if (!keys.includes(key)) {
      throw new FileFault(`${path}: ${JSON.stringify(key.slice(0, 100))} is no key here; there is ${keys.join(", ")}`);
    }
  }
  return entries;
}

function readList(json: unknown, path: string): readonly unknown[] {
  if (!Array.isArray(json)) {
    throw new FileFault(`${path}: must be a list, in brackets`);
  }
  return json;
}

function readFields(json: unknown, path: string): readonly HeldField[] {
  return readList(json ?? [], path).map((value, index) => {
    const field = readObject(value, `${path}[${index}]`, fieldKeys);
    return {
      name: (readText(field.get("name"), `${path}[${index}].name`) ?? "").toLowerCase(),
      value: readText(field.get("value"), `${path}[${index}].value`) ?? "",
    };
  });
}

function readText(json: unknown, path: string): string | undefined {
  if (json !== undefined && typeof json !== "string") {
    throw new FileFault(`${path}: must be a text, in quotes`);
  }
  return json;
}

function readFlag(json: unknown, path: string): boolean {
  if (json !== undefined && typeof json !== "boolean") {
    throw new FileFault(`${path}: must be true or false`);
  }
  return json ?? false;
}

function readWhole(json: unknown, path: string): number | undefined {
  if (json !== undefined && !Number.isSafeInteger(json)) {
    throw new FileFault(`${path}: must be a whole number`);
  }
  return json as number | undefined;
}

function readDuration(json: unknown, path: string): number | undefined {
  if (json === undefined) {
    return undefined;
  }
  if (typeof json !== "string" || !/^\d{1,7}(?:\.\d{1,3})?s$/.test(json)) {
    throw new FileFault(`${path}: must be seconds, as in "10s" or "0.5s"`);
  }
  return Math.round(Number(json.slice(0, -1)) * 1_000);
}
