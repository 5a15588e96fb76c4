import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type StartOptions, type Subject, startSubject } from "./subject.ts";

let options: StartOptions;

beforeEach(() => {
  const directory = mkdtempSync(join(tmpdir(), "switchboard-bench-test-"));
  options = { directory, signal: new AbortController().signal };
});

afterEach(() => rmSync(options.directory, { recursive: true, force: true }));

function nodeProgram(name: string, code: string): Subject {
  return { name, program: process.execPath, args: ["-e", code] };
}

const announcing = nodeProgram(
  "announcing",
  `const server = require("node:http").createServer((request, response) => response.end("upstream"));
   server.listen(0, "127.0.0.1", () => console.log("Upstream ready at http://127.0.0.1:" + server.address().port + "/"));`,
);

/** Answers the second of its arguments on the port of the first, and says nothing. */
const silent: Subject = {
  ...nodeProgram(
    "silent",
    `require("node:http").createServer((request, response) => response.end(process.argv[2])).listen(+process.argv[1], "127.0.0.1");`,
  ),
  upstream: announcing,
  argsAt: ({ port, upstream }) => [String(port), upstream],
  isSilent: true,
};

async function textOf(url: string): Promise<string> {
  const response = await fetch(url);
  return await response.text();
}

describe("startSubject()", () => {
  it("finds out when a silent subject listens, and tells it where the server behind it is", async () => {
    await using server = await startSubject(silent, options);
    const upstream = await textOf(server.origin);
    expect(await textOf(upstream)).toBe("upstream");
  });

  it("ends the server behind a subject with it", async () => {
    const server = await startSubject(silent, options);
    const upstream = await textOf(server.origin);
    await server[Symbol.asyncDispose]();
    await expect(fetch(server.origin)).rejects.toThrow("fetch failed");
    await expect(fetch(upstream)).rejects.toThrow("fetch failed");
  });

  it.each([
    ["silent", { isSilent: true }],
    ["announcing", {}],
  ])("rejects with what a subject wrote that ends before it is ready, where it is %s", async (_, rest) => {
    const subject = { ...nodeProgram("broken", `console.error("no luck"); process.exit(1)`), ...rest };
    await expect(startSubject(subject, options)).rejects.toThrow(/^broken ended before it was ready:\nno luck/);
  });
});
