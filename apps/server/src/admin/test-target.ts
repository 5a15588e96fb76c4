import { isIP } from "node:net";
import { ConnectError } from "@connectrpc/connect";
import type { Wire } from "../gateway/gateway-target.ts";
import { reflectionFieldsOf, toFieldList } from "../gateway/targets/create-remote-target.ts";
import { probeWires } from "../gateway/targets/probe-wires.ts";
import type { TargetSettings } from "../gateway/targets/target-settings.ts";
import type { ConnectedUpstream } from "../gateway/upstream/create-upstream.ts";
import type { Upstream } from "../gateway/upstream/upstream.ts";
import { UpstreamError } from "../gateway/upstream/upstream-error.ts";
import type { UpstreamFault } from "../gateway/upstream/upstream-fault.ts";
import type { FieldList } from "../net/http-exchange.ts";
import { createNewsQueue } from "./news-queue.ts";
import { createStageReport, type StageReport, type TestFault, type TestNews, type TestStage } from "./stage-report.ts";

/** What is told of the target's reflection. */
export interface FoundReflection {
  /** `v1` or `v1alpha`. */
  readonly version: string;
  readonly serviceCount: number;
}

/** What tests work with. */
export interface TestTargetOptions {
  /** Makes an upstream that shares no connection with any other. */
  readonly openUpstream: (settings: TargetSettings) => ConnectedUpstream;
  /** Asks for the services. Rejects with a ConnectError where the target doesn't tell them. */
  readonly findReflection: (options: FindReflectionOptions) => Promise<FoundReflection>;
}

/** How the services are asked for. */
export interface FindReflectionOptions {
  readonly upstream: Upstream;
  readonly wires: ReadonlySet<Wire>;
  readonly fields: FieldList;
  readonly signal: AbortSignal;
}

/** How long the target may take to tell its services, in milliseconds. */
const reflectionTimeoutMs = 10_000;

const wireNames: Readonly<Record<Wire, string>> = { grpc: "gRPC", "grpc-web": "gRPC-Web", connect: "Connect" };

/**
 * Dials a target and tells each stage as it begins and ends; the first that fails is the last, but for reflection. Every
 * stage has a limit of time, and the signal ends them all.
 */
export async function* testTarget(
  settings: TargetSettings,
  options: TestTargetOptions,
  signal: AbortSignal,
): AsyncGenerator<TestNews> {
  const news = createNewsQueue<TestNews>();
  const left = new AbortController();
  const report = createStageReport(idleStages(settings), news.push);
  const upstream = options.openUpstream(settings);
  const run = runStages({ settings, options, upstream, report, signal: AbortSignal.any([signal, left.signal]) });
  run.then(() => news.end(), news.end);
  try {
    yield* news;
  } finally {
    left.abort();
    upstream.close();
  }
}

interface Run {
  readonly settings: TargetSettings;
  readonly options: TestTargetOptions;
  readonly upstream: ConnectedUpstream;
  readonly report: StageReport;
  readonly signal: AbortSignal;
}

async function runStages({ settings, options, upstream, report, signal }: Run): Promise<void> {
  report.begin("policy");
  const reached = await attempt(report, signal, async () => {
    await upstream.connect({ signal, onStage: report.connected });
    report.begin("protocols");
    return await probeWires({ upstream, fields: toFieldList(settings.metadata), signal });
  });
  if (reached === undefined) {
    return;
  }
  const { wires, isCertain } = reached;
  const names = [...wires].map((wire) => wireNames[wire]).join(", ");
  report.pass("protocols", isCertain ? names : `not told; ${names} may work`, wires);
  report.begin("reflection");
  await attempt(report, signal, async () => {
    const limited = AbortSignal.any([signal, AbortSignal.timeout(reflectionTimeoutMs)]);
    const found = await options.findReflection({
      upstream,
      wires,
      fields: reflectionFieldsOf(settings),
      signal: limited,
    });
    report.pass("reflection", `${found.version}, ${found.serviceCount} services`);
  });
}

/** Runs a step; what goes wrong in it is the fault of the stage that runs, unless nobody wants to know. */
async function attempt<T>(report: StageReport, signal: AbortSignal, run: () => Promise<T>): Promise<T | undefined> {
  try {
    return await run();
  } catch (error) {
    signal.throwIfAborted();
    report.fail(toTestFault(error), error instanceof UpstreamError ? error.stage : undefined);
    return undefined;
  }
}

/** Only what was written for callers is told: a fault of the upstream, or the text of a ConnectError. */
function toTestFault(error: unknown): TestFault {
  if (error instanceof UpstreamError) {
    const { kind, message, parameters = {} } = error.fault;
    return { kind, message, parameters };
  }
  if (!(error instanceof ConnectError)) {
    throw error;
  }
  const { rawMessage: message, cause } = error;
  // What a call failed with has the fault of the upstream as its cause; any other cause has no kind.
  const { kind = "no-reflection", parameters = {} } = (cause ?? {}) as Partial<UpstreamFault>;
  return { kind, message, parameters };
}

function idleStages({ address }: TargetSettings): readonly TestStage[] {
  if (address.kind === "unix") {
    return ["resolve", "tls"];
  }
  return [...(isIP(address.host) === 0 ? [] : ["resolve" as const]), ...(address.secure ? [] : ["tls" as const])];
}
