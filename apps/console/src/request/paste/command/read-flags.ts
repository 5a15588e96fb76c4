/** What a flag of a command is about. */
export type FlagRole =
  | "data"
  /** Data whose value is encoded for an address, as curl's `--data-urlencode`. */
  | "encodedData"
  /** Data that is JSON, as curl's `--json`. */
  | "json"
  | "header"
  | "reflectHeader"
  | "deadline"
  | "protocol"
  | "format"
  | "user"
  | "userAgent"
  | "url"
  /** Data goes into the address, as curl's `-G`. */
  | "get"
  /** How the server is reached. */
  | "target"
  /** Where the schema comes from. */
  | "schema"
  /** What is printed, and how. */
  | "output"
  /** The command asks what there is. */
  | "list";

/** A flag of a command. */
export interface FlagRule {
  readonly role: FlagRole;
  /** Whether a value follows. */
  readonly takesValue: boolean;
}

/** How a program reads its flags. */
export interface FlagRules {
  /** By their names without dashes. */
  readonly flags: ReadonlyMap<string, FlagRule>;
  /** `go`: a long name after one dash or two; `gnu`: one letter after one dash, several of them joined. */
  readonly style: "go" | "gnu";
}

/** A flag as it was used. */
export interface UsedFlag {
  readonly role: FlagRole | "unknown";
  /** As it was written, without its value. */
  readonly flag: string;
  /** Empty where it takes none. */
  readonly value: string;
}

/** What a command was given. */
export interface ReadFlags {
  readonly flags: readonly UsedFlag[];
  readonly operands: readonly string[];
}

/** Reads what stands behind a program's name. Unlike the programs, takes flags behind operands as well. */
export function readFlags(words: readonly string[], rules: FlagRules): ReadFlags {
  const flags: UsedFlag[] = [];
  const operands: string[] = [];
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? "";
    if (word === "--") {
      operands.push(...words.slice(at + 1));
      break;
    }
    if (!word.startsWith("-") || word === "-") {
      operands.push(word);
      continue;
    }
    const used = rules.style === "gnu" && !word.startsWith("--") ? readLetters(word, rules) : readLong(word, rules);
    for (const { needsValue, ...flag } of used) {
      if (needsValue) {
        at++;
      }
      flags.push(needsValue ? { ...flag, value: words[at] ?? "" } : flag);
    }
  }
  return { flags, operands };
}

type OpenFlag = UsedFlag & { readonly needsValue: boolean };

function readLong(word: string, { flags }: FlagRules): readonly OpenFlag[] {
  const equals = word.indexOf("=");
  const flag = equals === -1 ? word : word.slice(0, equals);
  const rule = flags.get(flag.replace(/^--?/, ""));
  const value = equals === -1 ? "" : word.slice(equals + 1);
  return [{ role: rule?.role ?? "unknown", flag, value, needsValue: equals === -1 && rule?.takesValue === true }];
}

/** Reads letters behind one dash: the first that takes a value has the rest, or the next word. */
function readLetters(word: string, { flags }: FlagRules): readonly OpenFlag[] {
  const used: OpenFlag[] = [];
  for (let at = 1; at < word.length; at++) {
    const letter = word[at] ?? "";
    const rule = flags.get(letter);
    const rest = word.slice(at + 1).replace(/^=/, "");
    const role = rule?.role ?? "unknown";
    if (rule?.takesValue === true) {
      return [...used, { role, flag: `-${letter}`, value: rest, needsValue: rest === "" }];
    }
    used.push({ role, flag: `-${letter}`, value: "", needsValue: false });
  }
  return used;
}

/** The rules of flags with one role: names that take a value, and names that take none. */
export function flagsOf(
  role: FlagRole,
  { values = "", switches = "" }: { readonly values?: string; readonly switches?: string },
): readonly (readonly [name: string, rule: FlagRule])[] {
  const names = (list: string) => list.split(" ").filter((name) => name !== "");
  return [
    ...names(values).map((name) => [name, { role, takesValue: true }] as const),
    ...names(switches).map((name) => [name, { role, takesValue: false }] as const),
  ];
}
