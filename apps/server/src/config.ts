import { parseArgs } from "node:util";
import { helpText } from "./config/help-text.ts";
import { nearest } from "./config/nearest.ts";
import { type Config, flagOf, optionNames, options, variableOf } from "./config/options.ts";
import { findTargetConflicts } from "./config/target-values.ts";
import { isLoopback } from "./config/value-kinds.ts";

/** What the command line and the environment ask for. */
export type ParsedConfig =
  | { readonly kind: "config"; readonly config: Config }
  | { readonly kind: "help"; readonly text: string }
  | { readonly kind: "faults"; readonly faults: readonly string[] };

/** Environment variables, as `process.env` has them. */
export type Environment = Readonly<Record<string, string | undefined>>;

interface Arguments {
  readonly given: ReadonlyMap<string, readonly string[]>;
  readonly faults: readonly string[];
}

/**
 * Reads the configuration. A flag wins over its environment variable, and an empty variable counts as not set. All that
 * is wrong is reported at once, each fault naming the flag or variable, the value and what is allowed.
 *
 * @param argv the arguments after the program's name
 */
export function parseConfig(argv: readonly string[], env: Environment): ParsedConfig {
  if (argv.includes("--help") || argv.includes("-h")) {
    return { kind: "help", text: helpText() };
  }
  const { given, faults: argumentFaults } = readArguments(argv);
  const faults = [...argumentFaults];
  const values: Partial<Record<keyof Config, unknown>> = {};
  for (const name of optionNames) {
    const { source, texts } = textsOf(name, given, env);
    const read = options[name].read(texts, source);
    if ("fault" in read) {
      faults.push(read.fault);
    } else {
      values[name] = read.value;
    }
  }
  if (faults.length > 0) {
    return { kind: "faults", faults };
  }
  // Every name of the table has been read by its own option by now.
  const config = Object.freeze(values as Config);
  const conflicts = findConflicts(config);
  return conflicts.length > 0 ? { kind: "faults", faults: conflicts } : { kind: "config", config };
}

function readArguments(argv: readonly string[]): Arguments {
  const flags = optionNames.map((name) => flagOf(name).slice(2));
  const { tokens } = parseArgs({
    args: [...argv],
    options: Object.fromEntries(flags.map((flag) => [flag, { type: "string" as const, multiple: true }])),
    strict: false,
    tokens: true,
  });
  const given = new Map<string, string[]>();
  const faults: string[] = [];
  for (const token of tokens) {
    if (token.kind === "positional") {
      faults.push(`${JSON.stringify(token.value)}: no such argument; --help lists what there is`);
    } else if (token.kind === "option" && !flags.includes(token.name)) {
      const near = nearest(token.name, flags);
      faults.push(
        `${token.rawName}: no such flag; ${near === undefined ? "" : `did you mean --${near}? `}--help lists all`,
      );
    } else if (
      token.kind === "option" &&
      (token.value === undefined || (!token.inlineValue && token.value.startsWith("--")))
    ) {
      faults.push(`${token.rawName}: a value is missing after it`);
    } else if (token.kind === "option") {
      given.set(token.name, [...(given.get(token.name) ?? []), token.value ?? ""]);
    }
  }
  for (const name of optionNames) {
    const times = given.get(flagOf(name).slice(2))?.length ?? 0;
    if (times > 1 && !options[name].repeatable) {
      faults.push(`${flagOf(name)}: given ${times} times, where once is allowed`);
    }
  }
  return { given, faults };
}

function textsOf(name: keyof Config, given: Arguments["given"], env: Environment) {
  const fromFlag = given.get(flagOf(name).slice(2));
  if (fromFlag !== undefined) {
    return { source: flagOf(name), texts: fromFlag };
  }
  const variable = variableOf(name);
  const text = env[variable] ?? "";
  const texts = options[name].repeatable ? text.split(",").map((part) => part.trim()) : [text];
  return { source: variable, texts: texts.filter((part) => part !== "") };
}

function findConflicts({ listen, token, tlsCert, tlsKey, target, proxy }: Config): string[] {
  const conflicts = findTargetConflicts({ target, proxy });
  if (tlsCert !== undefined && tlsKey === undefined) {
    conflicts.push("--tls-cert: needs --tls-key too");
  }
  if (tlsKey !== undefined && tlsCert === undefined) {
    conflicts.push("--tls-key: needs --tls-cert too");
  }
  if (!isLoopback(listen.host) && token === undefined) {
    conflicts.push(
      `--listen: "${listen.host}" can be reached from other machines, and then calls need a token; add --token TOKEN, or listen on 127.0.0.1`,
    );
  }
  return conflicts;
}
