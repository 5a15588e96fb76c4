import { mkdir, mkdtempDisposable } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Client, createClient, createRouterTransport } from "@connectrpc/connect";
import { TargetService } from "@switchboard/proto/gen/switchboard/console/v1/target_service_pb.js";
import { pino } from "pino";
import type { TestNews } from "../admin/stage-report.ts";
import { createTargetService } from "../admin/target-service.ts";
import { findTlsViolations } from "../admin/tls-violations.ts";
import { type AddressPolicyOptions, createAddressPolicy } from "../gateway/dial/address-policy.ts";
import { createReadTlsFiles } from "../gateway/dial/read-tls-files.ts";
import type { GatewayTarget, Wire } from "../gateway/gateway-target.ts";
import { openSavedTargets } from "../gateway/targets/saved-targets.ts";
import { createTargetDirectory, type LiveTargets } from "../gateway/targets/target-directory.ts";
import type { TargetSettings } from "../gateway/targets/target-settings.ts";
import { createTestSettings } from "./test-settings.ts";

/** A target that carries no calls. */
function targetOf(name: string): GatewayTarget & { wires: ReadonlySet<Wire> | undefined } {
  return {
    name,
    upstream: {
      open: () => {
        throw new Error("the service opens no calls");
      },
    },
    wires: undefined,
    learnWires: () => Promise.resolve(new Set()),
    heldFields: [],
    maxMessageBytes: 1,
    defaultDeadlineMs: undefined,
  };
}

/** The service by which targets are changed, and what it works on. `fixed` comes from the command line. */
export interface TestTargetService extends AsyncDisposable {
  readonly client: Client<typeof TargetService>;
  readonly targets: LiveTargets;
  /** The data directory. */
  readonly folder: string;
  /** The lines of the log. */
  readonly logged: string[];
  /** What was tested, in order. */
  readonly tested: TargetSettings[];
  /** What was to happen to schemas, in order. */
  readonly schemaChanges: string[];
}

/** The service over a folder of its own, whose tests of targets tell what `makeNews` gives. */
export async function startTargetService(
  makeNews: () => Iterable<TestNews> | AsyncIterable<TestNews> = () => [],
  policyOptions: Partial<AddressPolicyOptions> = {},
): Promise<TestTargetService> {
  const directory = await mkdtempDisposable(join(tmpdir(), "switchboard-admin-"));
  const folder = join(directory.path, "data");
  await mkdir(join(folder, "tls"), { recursive: true });
  const targets = createTargetDirectory({
    local: targetOf("local"),
    open: (settings) => {
      const target = targetOf(settings.name);
      return Object.assign(target, {
        learned: (wires: ReadonlySet<Wire>) => {
          target.wires = wires;
        },
        reflectionFields: [],
        retire: () => undefined,
        close: () => undefined,
      });
    },
  });
  const policy = createAddressPolicy({
    listensBeyondLoopback: false,
    allowTarget: [],
    ownAddress: () => ({ host: "127.0.0.1", port: 8080 }),
    ...policyOptions,
  });
  const readTlsFiles = createReadTlsFiles(join(folder, "tls"));
  const logged: string[] = [];
  const tested: TargetSettings[] = [];
  const schemaChanges: string[] = [];
  const commandLine = [createTestSettings("fixed", { origin: "command-line" })];
  const saved = await openSavedTargets(folder);
  targets.replace(commandLine);
  const service = createTargetService({
    saved,
    targets,
    commandLine,
    canAdd: policy.canAdd,
    checkAllowed: policy.checkTarget,
    findTlsViolations: (tls) => findTlsViolations(tls, readTlsFiles),
    schemas: {
      async rename(name, next) {
        schemaChanges.push(`${name} to ${next}`);
      },
      async remove(name) {
        schemaChanges.push(`${name} removed`);
      },
    },
    async *test(settings) {
      tested.push(settings);
      yield* makeNews();
    },
    now: () => 0,
    log: pino({ level: "info" }, { write: (line: string) => logged.push(line) }),
  });
  const transport = createRouterTransport((router) => router.service(TargetService, service));
  return {
    client: createClient(TargetService, transport),
    targets,
    folder,
    logged,
    tested,
    schemaChanges,
    [Symbol.asyncDispose]: () => directory.remove(),
  };
}
