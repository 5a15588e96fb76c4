import type { DescMethod, Registry } from "@bufbuild/protobuf";
import type { HeaderFields } from "../call/call.ts";
import type { CallOptions } from "../call/call-options.ts";
import { defaultProtocol, protocolsFor, type ServerWire, type WireProtocol } from "../call/wire-protocol.ts";
import { type Deadline, parseDeadline } from "./deadline.ts";
import type { CheckOptions } from "./document/check-document.ts";
import type { Draft, MetadataRow } from "./draft.ts";
import { checkMetadataName, checkMetadataValue, type MetadataProblem } from "./metadata/metadata-rules.ts";
import { readOptions } from "./options/draft-options.ts";

/** What a draft is for. */
export interface CallSubject {
  readonly method: DescMethod;
  /** Types that an `Any` can hold. */
  readonly registry: Registry;
  /** What the server speaks. */
  readonly wires: ReadonlySet<ServerWire>;
}

/** Whether the page sends a stream of messages for this method. */
export function sendsMany(method: DescMethod): boolean {
  return method.methodKind === "client_streaming" || method.methodKind === "bidi_streaming";
}

/** Whether the method answers or asks with a stream: all kinds but unary. */
export function isStream(method: DescMethod): boolean {
  return method.methodKind !== "unary";
}

/** What the text of a draft for `method` is to hold. */
export function checkOptionsFor(method: DescMethod, registry: Registry): CheckOptions {
  return { input: method.input, registry, many: sendsMany(method) };
}

/** What is wrong with one row of metadata. */
export interface RowProblems {
  readonly name: MetadataProblem | undefined;
  readonly value: MetadataProblem | undefined;
}

/** What is wrong with a row; undefined for nothing, and for a row that is disabled or empty. */
export function checkRow({ name, value, isEnabled }: MetadataRow): RowProblems | undefined {
  if (!isEnabled || (name === "" && value === "")) {
    return undefined;
  }
  const problems = { name: checkMetadataName(name), value: checkMetadataValue(name, value) };
  return problems.name === undefined && problems.value === undefined ? undefined : problems;
}

/** What a draft says about a call besides its messages. */
export interface CallSettings {
  readonly metadata: HeaderFields;
  readonly hasMetadataProblem: boolean;
  readonly deadline: Deadline;
  readonly protocol: WireProtocol;
  readonly options: CallOptions;
  readonly hasOptionProblem: boolean;
}

/** Reads what a draft says besides its messages. A protocol that can't carry the method gives way to one that can. */
export function readSettings(draft: Draft, { method, wires }: Omit<CallSubject, "registry">): CallSettings {
  const { options, problems } = readOptions(draft.options);
  return {
    options,
    hasOptionProblem: problems.maxSent || problems.maxReceived,
    metadata: draft.metadata
      .filter(({ isEnabled, name }) => isEnabled && name !== "")
      .map(({ name, value }) => [name, value]),
    hasMetadataProblem: draft.metadata.some((row) => checkRow(row) !== undefined),
    deadline: parseDeadline(draft.deadline),
    protocol:
      protocolsFor(method, wires).find((protocol) => protocol === draft.protocol) ?? defaultProtocol(method, wires),
  };
}
