import type { WireProtocol } from "../../../call/wire-protocol.ts";
import type { PasteContext } from "../paste-context.ts";
import { loss, remark } from "../paste-notes.ts";
import type { PasteNote, PasteReading } from "../paste-reading.ts";
import { readDeadlineFlag } from "./deadline-flag.ts";
import { type FoundCommand, findCommand } from "./find-command.ts";
import { toolFlags } from "./known-tools.ts";
import { type CommandData, readCommandData } from "./read-command-data.ts";
import { readCommandHeaders } from "./read-command-headers.ts";
import { type CommandTarget, readCommandTarget } from "./read-command-target.ts";
import { type FlagRole, type ReadFlags, readFlags } from "./read-flags.ts";

/** Reads a command line of grpcurl, `buf curl` or curl; undefined where the text has none. */
export function readCommand(text: string, context: PasteContext): PasteReading | undefined {
  const found = findCommand(text);
  if (found === undefined) {
    return undefined;
  }
  const used = readFlags(found.words, toolFlags[found.tool]);
  const target = readCommandTarget(found.tool, used);
  const headers = readCommandHeaders(used.flags);
  const data = readData(found, used, target, headers.contentType, context);
  const deadline = readDeadline(found, used, headers.deadline);
  const protocol = protocolOf(found, used, headers.contentType);
  return {
    kind: found.tool,
    isCertain: true,
    ...(data.text === undefined ? {} : { text: data.text }),
    ...(headers.metadata.length === 0 ? {} : { metadata: headers.metadata }),
    ...(deadline.text === undefined ? {} : { deadline: deadline.text }),
    ...(protocol === undefined ? {} : { protocol }),
    ...(target.method === undefined ? {} : { method: target.method }),
    ...(target.address === undefined ? {} : { address: target.address }),
    notes: [
      ...shellNotes(found),
      ...target.notes,
      ...data.notes,
      ...headers.notes,
      ...deadline.notes,
      ...flagNotes(used),
      ...(target.address === undefined ? [] : [remark("address", { address: target.address })]),
    ],
  };
}

function readData(
  found: FoundCommand,
  used: ReadFlags,
  target: CommandTarget,
  contentType: string | undefined,
  context: PasteContext,
): CommandData {
  if (target.isListing) {
    return { text: undefined, notes: [] };
  }
  const { method } = target;
  const own = method === undefined ? undefined : context.findMethod(method.service, method.method);
  return readCommandData(
    { found, used, query: target.query, contentType },
    own === undefined ? context : { ...context, method: own },
  );
}

function shellNotes({ shell }: FoundCommand): readonly PasteNote[] {
  const names = [...new Set(shell.substitutions)].join(", ");
  return [
    ...(shell.isUnclosed ? [loss("unclosedQuote")] : []),
    ...(names === "" ? [] : [loss("substitutions", { names })]),
  ];
}

function readDeadline(
  { tool }: FoundCommand,
  { flags }: ReadFlags,
  fromHeader: string | undefined,
): { readonly text: string | undefined; readonly notes: readonly PasteNote[] } {
  const flag = flags.findLast(({ role }) => role === "deadline");
  if (flag === undefined) {
    return { text: fromHeader, notes: [] };
  }
  const text = readDeadlineFlag(flag.value, tool === "buf-curl" ? "duration" : "seconds");
  return text === undefined ? { text, notes: [loss("badDeadline", { actual: flag.value })] } : { text, notes: [] };
}

function protocolOf(
  { tool }: FoundCommand,
  { flags }: ReadFlags,
  contentType: string | undefined,
): WireProtocol | undefined {
  if (tool === "buf-curl") {
    // What the page has for gRPC is the choice of the method's kind: a browser can't speak it.
    switch (flags.findLast(({ role }) => role === "protocol")?.value) {
      case "grpcweb":
        return "grpc-web";
      case "connect":
        return "connect-binary";
      default:
        return undefined;
    }
  }
  if (tool === "grpcurl") {
    return undefined;
  }
  if (contentType?.startsWith("application/grpc-web") === true) {
    return "grpc-web";
  }
  return contentType === "application/proto" ? "connect-binary" : "connect-json";
}

const flagKinds = [
  { role: "unknown", kind: "unknownFlags", isLoss: true },
  { role: "target", kind: "targetFlags", isLoss: false },
  { role: "schema", kind: "schemaFlags", isLoss: false },
  { role: "output", kind: "outputFlags", isLoss: false },
] as const satisfies readonly { role: FlagRole | "unknown"; kind: PasteNote["kind"]; isLoss: boolean }[];

function flagNotes({ flags }: ReadFlags): readonly PasteNote[] {
  return flagKinds.flatMap(({ role, kind, isLoss }) => {
    const names = [...new Set(flags.filter((flag) => flag.role === role).map(({ flag }) => flag))].join(" ");
    return names === "" ? [] : [{ kind, values: { flags: names }, isLoss }];
  });
}
