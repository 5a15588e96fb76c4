import { globSync, readFileSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";
import { describe, expect, it } from "vitest";

const apps = join(import.meta.dirname, "../..");

/** For each room, the rooms beside itself that its files may import. What is not listed is forbidden. */
const mayImport: Record<string, Record<string, readonly string[]>> = {
  server: {
    articles: [],
    schema: [],
    services: ["articles", "schema"],
    log: [],
    address: [],
    config: ["address"],
    net: ["config", "log"],
    rpc: ["log", "net"],
    page: ["net"],
    gateway: ["address", "rpc", "net", "log"],
    http: ["config", "log", "net", "rpc", "gateway"],
    admin: ["address", "services", "schema", "gateway", "net", "log"],
    testing: ["*"],
    ".": ["*"],
  },
  console: {
    schema: [],
    call: ["schema"],
    transport: ["call", "schema"],
    target: ["schema"],
    ui: [],
    message: ["schema", "ui"],
    library: ["schema", "call", "ui"],
    request: ["schema", "call", "ui"],
    response: ["schema", "call", "message", "ui"],
    stream: ["schema", "call", "message", "ui"],
    app: ["*"],
    ".": ["app"],
  },
  wire: { ".": [] },
};

interface Import {
  readonly file: string;
  readonly from: string;
  readonly to: string;
}

function roomOf(source: string, file: string): string {
  const [first = ".", ...rest] = relative(source, file).split(sep);
  return rest.length === 0 ? "." : first;
}

function importsOf(app: string): readonly Import[] {
  const source = join(apps, app, "src");
  return globSync("**/*.{ts,tsx}", { cwd: source }).flatMap((name) => {
    const file = join(source, name);
    const specifiers = readFileSync(file, "utf8").matchAll(/(?:from|import\(|import)\s*"(\.[^"]+)"/g);
    return [...specifiers].map(([, specifier = ""]) => ({
      file: relative(apps, file),
      from: roomOf(source, file),
      to: roomOf(source, join(dirname(file), specifier)),
    }));
  });
}

function isAllowed(app: string, { from, to, file }: Import): boolean {
  const rooms = mayImport[app]?.[from];
  // A test stands up whatever it needs around its subject.
  return from === to || file.includes(".test.") || rooms?.includes("*") === true || rooms?.includes(to) === true;
}

describe.each(Object.keys(mayImport))("imports of %s", (app) => {
  it("run one way", () => {
    const imports = importsOf(app);
    expect(imports.length).toBeGreaterThan(0);
    const wrong = imports.filter((found) => !isAllowed(app, found));
    expect(wrong.map(({ file, to }) => `${file} imports ${to}`)).toEqual([]);
  });

  it("leave no room without a rule", () => {
    const rooms = new Set(importsOf(app).map(({ from }) => from));
    expect([...rooms].filter((room) => mayImport[app]?.[room] === undefined)).toEqual([]);
  });
});

describe("isAllowed()", () => {
  it("refuses an import against the direction", () => {
    expect(isAllowed("server", { file: "server/src/articles/x.ts", from: "articles", to: "net" })).toBe(false);
    expect(isAllowed("console", { file: "console/src/request/x.ts", from: "request", to: "response" })).toBe(false);
  });
});
