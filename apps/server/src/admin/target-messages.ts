import { create, type MessageInitShape } from "@bufbuild/protobuf";
import { type Duration, DurationSchema } from "@bufbuild/protobuf/wkt";
import {
  type HeldMetadata,
  Target_Origin as Origin,
  type Target,
  type TargetSchema,
  Wire as WireMessage,
} from "@switchboard/proto/gen/switchboard/console/v1/target_service_pb.js";
import { formatTargetAddress, parseTargetAddress } from "../address/target-address.ts";
import { localTargetName } from "../address/target-name.ts";
import type { Wire } from "../gateway/gateway-target.ts";
import type { DraftViolation, TargetDraft } from "../gateway/targets/target-draft.ts";
import type { HeldField, TargetSettings } from "../gateway/targets/target-settings.ts";

/** A draft, or the held values that it lacks. */
export type ReadDraft =
  | { readonly kind: "draft"; readonly draft: TargetDraft }
  /** At least one. */
  | { readonly kind: "violations"; readonly violations: readonly DraftViolation[] };

type TargetInit = MessageInitShape<typeof TargetSchema>;

const wireMessages: Readonly<Record<Wire, WireMessage>> = {
  grpc: WireMessage.GRPC,
  "grpc-web": WireMessage.GRPC_WEB,
  connect: WireMessage.CONNECT,
};

/** Writes protocols, in the order of the proto file. */
export function writeWires(wires: ReadonlySet<Wire> | undefined): WireMessage[] {
  return [...(wires ?? [])].map((wire) => wireMessages[wire]).toSorted((a, b) => a - b);
}

/** Writes what may be known of a target: everything but the values of its metadata. */
export function writeTarget(settings: TargetSettings, wires: ReadonlySet<Wire> | undefined): TargetInit {
  const { name, address, origin, tls, maxMessageBytes = 0 } = settings;
  return {
    name,
    address: formatTargetAddress(address),
    origin: origin === "saved" ? Origin.SAVED : Origin.COMMAND_LINE,
    tls: {
      caFile: tls.caFile ?? "",
      certificateFile: tls.certificateFile ?? "",
      keyFile: tls.keyFile ?? "",
      serverName: tls.serverName ?? "",
      insecure: tls.insecure,
    },
    metadata: settings.metadata.map((field) => ({ name: field.name })),
    reflectionMetadata: settings.reflectionMetadata.map((field) => ({ name: field.name })),
    defaultDeadline: writeDuration(settings.defaultDeadlineMs),
    maxMessageBytes,
    keepalive: writeDuration(settings.keepaliveMs),
    wires: writeWires(wires),
  };
}

/** Writes this server's own services as a target. */
export function writeLocalTarget(wires: ReadonlySet<Wire> | undefined): TargetInit {
  return { name: localTargetName, origin: Origin.BUILT_IN, wires: writeWires(wires) };
}

/**
 * Reads a target. Values of metadata that were left out are those that `held` has under the same name, in their order;
 * they stand in only where the target is at the same place and proves who it is in the same way, so that nobody can have
 * them sent elsewhere without knowing them.
 */
export function readTarget(target: Target, held: TargetSettings | undefined): ReadDraft {
  const tls = {
    caFile: target.tls?.caFile || undefined,
    certificateFile: target.tls?.certificateFile || undefined,
    keyFile: target.tls?.keyFile || undefined,
    serverName: target.tls?.serverName || undefined,
    insecure: target.tls?.insecure ?? false,
  };
  const source = held !== undefined && isSamePeer(held, target.address, tls) ? held : undefined;
  const wanted = held === undefined ? "nothing is held under this name" : "what is held is for the target as it was";
  const metadata = readFields(target.metadata, source?.metadata);
  const reflectionMetadata = readFields(target.reflectionMetadata, source?.reflectionMetadata);
  const missing = [
    ...metadata.missing.map((index) => `metadata[${index}].value`),
    ...reflectionMetadata.missing.map((index) => `reflection_metadata[${index}].value`),
  ];
  if (missing.length > 0) {
    const description = `is left out, and ${source === undefined ? wanted : "nothing is held under this name"}; give it`;
    return { kind: "violations", violations: missing.map((field) => ({ field, description })) };
  }
  return {
    kind: "draft",
    draft: {
      name: target.name,
      address: target.address,
      tls,
      metadata: metadata.fields,
      reflectionMetadata: reflectionMetadata.fields,
      defaultDeadlineMs: readDuration(target.defaultDeadline),
      maxMessageBytes: target.maxMessageBytes || undefined,
      keepaliveMs: readDuration(target.keepalive),
    },
  };
}

function isSamePeer(held: TargetSettings, address: string, tls: TargetDraft["tls"]): boolean {
  const parsed = parseTargetAddress(address);
  return (
    parsed.kind === "address" &&
    formatTargetAddress(parsed.address) === formatTargetAddress(held.address) &&
    tls.caFile === held.tls.caFile &&
    tls.serverName === held.tls.serverName &&
    tls.insecure === held.tls.insecure
  );
}

function readFields(messages: readonly HeldMetadata[], held: readonly HeldField[] = []) {
  const values = Map.groupBy(held, (field) => field.name);
  const taken = new Map<string, number>();
  const fields: HeldField[] = [];
  const missing: number[] = [];
  for (const [index, message] of messages.entries()) {
    const name = message.name.toLowerCase();
    const nth = taken.get(name) ?? 0;
    taken.set(name, nth + 1);
    const value = message.value ?? values.get(name)?.[nth]?.value;
    if (value === undefined) {
      missing.push(index);
    } else {
      fields.push({ name, value });
    }
  }
  return { fields, missing };
}

function writeDuration(ms: number | undefined): Duration | undefined {
  return ms === undefined
    ? undefined
    : create(DurationSchema, { seconds: BigInt(Math.floor(ms / 1_000)), nanos: (ms % 1_000) * 1_000_000 });
}

/** In milliseconds, a fraction of one as a whole one. */
function readDuration(duration: Duration | undefined): number | undefined {
  return duration === undefined ? undefined : Number(duration.seconds) * 1_000 + Math.ceil(duration.nanos / 1_000_000);
}
