import { isDeepStrictEqual } from "node:util";
import { Code, ConnectError, type ServiceImpl } from "@connectrpc/connect";
import type {
  SaveTargetRequest,
  TargetService,
  TestTargetRequest,
} from "@switchboard/proto/gen/switchboard/console/v1/target_service_pb.js";
import type { Logger } from "pino";
import { localTargetName } from "../address/target-name.ts";
import type { Wire } from "../gateway/gateway-target.ts";
import { mergeTargets } from "../gateway/targets/merge-targets.ts";
import { type SavedTargets, SavedTargetsError } from "../gateway/targets/saved-targets.ts";
import type { LiveTargets } from "../gateway/targets/target-directory.ts";
import { checkDraft, type DraftViolation } from "../gateway/targets/target-draft.ts";
import type { TargetSettings, TlsClientSettings } from "../gateway/targets/target-settings.ts";
import type { UpstreamFault } from "../gateway/upstream/upstream-fault.ts";
import { createBadRequest } from "../services/bad-request.ts";
import { createRateLimit } from "./rate-limit.ts";
import type { TestNews } from "./stage-report.ts";
import { dropTarget, findTarget, nameTaken, putTarget } from "./target-list.ts";
import { readTarget, writeLocalTarget, writeTarget } from "./target-messages.ts";
import { writeNews } from "./test-messages.ts";
import { createTestedDrafts, type TestedDrafts } from "./tested-drafts.ts";

/** What `createTargetService` needs. */
export interface TargetServiceOptions {
  readonly saved: SavedTargets;
  readonly targets: LiveTargets;
  /** The targets of the command line, which go before saved ones of the same names. */
  readonly commandLine: readonly TargetSettings[];
  /** Whether there is any address that may be added. */
  readonly canAdd: boolean;
  /** What forbids a target; undefined where it may be dialled. */
  readonly checkAllowed: (settings: TargetSettings) => UpstreamFault | undefined;
  /** Says what is wrong with the files of TLS, by the names of their fields. */
  readonly findTlsViolations: (tls: TlsClientSettings) => Promise<readonly DraftViolation[]>;
  /** What is kept of targets beside their settings, by their names. */
  readonly schemas: {
    rename(name: string, next: string): Promise<void>;
    remove(name: string): Promise<void>;
  };
  readonly test: (settings: TargetSettings, signal: AbortSignal) => AsyncIterable<TestNews>;
  /** In milliseconds, as `performance.now()` has it. */
  readonly now: () => number;
  readonly log: Logger;
}

/** How many changes all callers together can make in a minute. */
const changesPerMinute = 120;

/** How many tests all callers together can begin in a minute. */
const testsPerMinute = 120;

/** How many tests run at a time. */
const maxRunningTests = 8;

/** Creates the service by which the page lists, changes and tests targets. */
export function createTargetService(options: TargetServiceOptions): ServiceImpl<typeof TargetService> {
  const { targets, commandLine, now, log } = options;
  const changes = createRateLimit({ what: "changes of targets", perMinute: changesPerMinute, now });
  const tests = createRateLimit({ what: "tests of targets", perMinute: testsPerMinute, now });
  const drafts = createTestedDrafts(now);
  let runningTests = 0;

  return {
    async listTargets() {
      await takeUpEdits(options);
      const remote = targets.settings().map((each) => writeTarget(each, targets.findRemote(each.name)?.wires));
      return { targets: [writeLocalTarget(targets.find(localTargetName)?.wires), ...remote], canAdd: options.canAdd };
    },

    async saveTarget(request) {
      changes.take();
      return { target: await save(request, options, drafts) };
    },

    async removeTarget({ name }) {
      changes.take();
      assertNotFixed(name, commandLine);
      await change(options, (current) => dropTarget(current, name));
      await keepUp(options, options.schemas.remove(name));
      log.info({ target: name }, "target removed");
      return {};
    },

    async *testTarget(request, { signal }) {
      tests.take();
      if (runningTests >= maxRunningTests) {
        throw new ConnectError(`${maxRunningTests} tests are running; wait for one to end`, Code.ResourceExhausted);
      }
      runningTests++;
      try {
        const settings = readTested(request, targets.settings());
        for await (const news of options.test(settings, signal)) {
          yield writeNews(news);
          if (news.state === "passed" && news.wires !== undefined && !noteWires(settings, news.wires, targets)) {
            drafts.note(settings, news.wires);
          }
        }
      } finally {
        runningTests--;
      }
    },
  };
}

/** Checks a target and keeps it; resolves with what is told of it. */
async function save(request: SaveTargetRequest, options: TargetServiceOptions, drafts: TestedDrafts) {
  const { saved, targets, commandLine, log } = options;
  const { previousName } = request;
  assertNotFixed(previousName, commandLine);
  const read = (current: readonly TargetSettings[]) => readSaved(request, current);
  const checked = read(saved.current());
  if (commandLine.some((target) => target.name === checked.name)) {
    throw nameTaken(checked.name);
  }
  assertAllowed(options.checkAllowed(checked));
  assertNone(await options.findTlsViolations(checked.tls));
  await change(options, (current) => putTarget(current, read(current), previousName));
  await keepUp(options, takeUpSchemas(options, previousName, checked.name));
  const tested = drafts.take(checked);
  if (tested !== undefined) {
    noteWires(checked, tested, targets);
  }
  log.info({ target: checked.name }, "target saved");
  return writeTarget(checked, targets.findRemote(checked.name)?.wires);
}

function readSaved(request: SaveTargetRequest, current: readonly TargetSettings[]): TargetSettings {
  const { previousName } = request;
  return readSettings(request, previousName === "" ? undefined : findTarget(current, previousName));
}

/** What is tested as it stands on the command line is tested by the rules of the command line. */
function readTested(request: TestTargetRequest, known: readonly TargetSettings[]): TargetSettings {
  const { previousName } = request;
  const held = previousName === "" ? undefined : findTarget(known, previousName);
  const settings = readSettings(request, held);
  return held !== undefined && isDeepStrictEqual({ ...settings, origin: held.origin }, held) ? held : settings;
}

function readSettings(
  { target }: SaveTargetRequest | TestTargetRequest,
  held: TargetSettings | undefined,
): TargetSettings {
  if (target === undefined) {
    throw createBadRequest([{ field: "target", description: "is missing" }]);
  }
  const read = readTarget(target, held);
  const checked = read.kind === "draft" ? checkDraft(read.draft, "saved") : read;
  if (checked.kind === "violations") {
    throw toBadRequest(checked.violations);
  }
  return checked.settings;
}

function assertAllowed(fault: UpstreamFault | undefined): void {
  if (fault !== undefined) {
    throw new ConnectError(fault.message, fault.code);
  }
}

function assertNone(violations: readonly DraftViolation[]): void {
  if (violations.length > 0) {
    throw toBadRequest(violations);
  }
}

function toBadRequest(violations: readonly DraftViolation[]): ConnectError {
  return createBadRequest(violations.map(({ field, description }) => ({ field: `target.${field}`, description })));
}

function assertNotFixed(name: string, commandLine: readonly TargetSettings[]): void {
  if (name === localTargetName) {
    throw new ConnectError(`${name} is this server itself and stays as it is`, Code.FailedPrecondition);
  }
  if (commandLine.some((target) => target.name === name)) {
    const message = `${name} comes from the command line; change it there, and start the server again`;
    throw new ConnectError(message, Code.FailedPrecondition);
  }
}

/** Notes what a test found of a target as it stands; false where there is none of these settings. */
function noteWires(settings: TargetSettings, wires: ReadonlySet<Wire>, targets: LiveTargets): boolean {
  const live = targets.settings().find((each) => each.name === settings.name);
  if (!isDeepStrictEqual(live, settings)) {
    return false;
  }
  targets.findRemote(settings.name)?.learned(wires);
  return true;
}

/** The schema goes with its target. A new one begins without what is left of another that had its name. */
async function takeUpSchemas({ schemas }: TargetServiceOptions, previousName: string, name: string): Promise<void> {
  if (previousName === "") {
    await schemas.remove(name);
  } else if (previousName !== name) {
    await schemas.rename(previousName, name);
  }
}

/** A list is answered also where the file was broken meanwhile: what stood before goes on to stand. */
async function takeUpEdits(options: TargetServiceOptions): Promise<void> {
  try {
    await options.saved.refresh();
    applySaved(options);
  } catch (error) {
    options.log.warn({ err: error }, "the saved targets could not be read again");
  }
}

async function change(
  options: TargetServiceOptions,
  make: (current: readonly TargetSettings[]) => readonly TargetSettings[],
): Promise<void> {
  try {
    await options.saved.update(make);
  } catch (error) {
    if (error instanceof SavedTargetsError) {
      throw new ConnectError(error.message, Code.FailedPrecondition);
    }
    if (!(error instanceof ConnectError)) {
      options.log.error({ err: error }, "the targets could not be saved");
      const message = "the targets could not be written to the data directory; the server's log says why";
      throw new ConnectError(message, Code.Internal);
    }
    throw error;
  }
  applySaved(options);
}

/** A target is changed also where what belongs to it can't be; the log tells of it. */
async function keepUp({ log }: TargetServiceOptions, done: Promise<void>): Promise<void> {
  try {
    await done;
  } catch (error) {
    log.error({ err: error }, "the schema of a target could not be kept up with it");
  }
}

function applySaved({ saved, targets, commandLine }: TargetServiceOptions): void {
  targets.replace(mergeTargets(commandLine, saved.current()));
}
