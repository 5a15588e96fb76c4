import { Code, ConnectError } from "@connectrpc/connect";
import { type CollectedSchema, createCollector } from "./collect-schema.ts";
import { describeReflectionFault } from "./reflection-fault.ts";
import { defaultReflectionLimits, type ReflectionLimits } from "./reflection-limits.ts";
import { openReflectionStream, type ReflectionConnection, type ReflectionVersion } from "./reflection-stream.ts";

/** What came of asking a target for its schema. */
export interface ReflectedSchema extends CollectedSchema {
  /** The version that answered; `""` where none did. */
  readonly version: ReflectionVersion | "";
  /** Why the schema is missing or not whole, and what would mend it; empty where nothing is wrong. */
  readonly problem: string;
}

/** What `readReflection` may be told. */
export interface ReadReflectionOptions {
  /** Gives it up. */
  readonly signal: AbortSignal;
  /** Default: `defaultReflectionLimits`. */
  readonly limits?: ReflectionLimits;
}

/** Where v1 ends like this without an answer, v1alpha is tried: servers and proxies refuse unknown services in many ways. */
const fallbackCodes: ReadonlySet<Code> = new Set([Code.Unimplemented, Code.Unavailable, Code.Unknown, Code.NotFound]);

/** A stream that ends like this after an answer is worth another. */
const brokenCodes: ReadonlySet<Code> = new Set([
  Code.Unavailable,
  Code.Unknown,
  Code.Internal,
  Code.Aborted,
  Code.Canceled,
]);

/**
 * Asks a target for its schema by server reflection: v1, or else v1alpha. Where a stream breaks, all is asked afresh on
 * another once, since that may lead to another server. Faults are told in the result; it rejects with the signal's
 * reason alone. See https://github.com/grpc/grpc/blob/master/doc/server-reflection.md.
 */
export async function readReflection(
  connection: ReflectionConnection,
  { signal, limits = defaultReflectionLimits }: ReadReflectionOptions,
): Promise<ReflectedSchema> {
  const timeout = AbortSignal.timeout(limits.timeoutMs);
  const reading: Reading = { connection, limits, signal: AbortSignal.any([signal, timeout]) };
  const attempt = await readVersions(reading);
  signal.throwIfAborted();
  const { version, schema, faults } = attempt;
  const problem = describeReflectionFault(faults, {
    duplex: connection.duplex,
    timedOutAfterMs: timeout.aborted ? limits.timeoutMs : undefined,
  });
  return { ...schema, version, problem };
}

interface Reading {
  readonly connection: ReflectionConnection;
  readonly limits: ReflectionLimits;
  readonly signal: AbortSignal;
}

interface Attempt {
  readonly version: ReflectionVersion | "";
  readonly schema: CollectedSchema;
  /** What went wrong, with one version or both; empty where nothing did. */
  readonly faults: readonly ConnectError[];
}

async function readVersions(reading: Reading): Promise<Attempt> {
  const first = await readVersion(reading, "v1");
  const [fault] = first.faults;
  if (fault === undefined || first.version !== "" || !fallbackCodes.has(fault.code) || reading.signal.aborted) {
    return first;
  }
  const second = await readVersion(reading, "v1alpha");
  return second.faults.length === 0 ? second : { ...second, faults: [fault, ...second.faults] };
}

/** Reads by one version, a second time where the first was cut short. */
async function readVersion(reading: Reading, version: ReflectionVersion): Promise<Attempt> {
  const first = await readOnce(reading, version);
  const [fault] = first.faults;
  const isBroken = fault !== undefined && first.version !== "" && brokenCodes.has(fault.code);
  return isBroken && !reading.signal.aborted ? readOnce(reading, version) : first;
}

async function readOnce({ connection, limits, signal }: Reading, version: ReflectionVersion): Promise<Attempt> {
  const collector = createCollector(limits);
  const stream = openReflectionStream(connection, version, signal);
  const faults: ConnectError[] = [];
  try {
    await collector.collect(stream);
  } catch (error) {
    faults.push(ConnectError.from(error));
  } finally {
    stream.close();
  }
  const hasListed = collector.schema().services.length > 0 || faults.length === 0;
  return { version: hasListed ? version : "", schema: collector.schema(), faults };
}
