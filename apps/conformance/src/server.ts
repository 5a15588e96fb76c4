import { readFileSync } from "node:fs";
import { createServerUnderTest } from "./server-under-test.ts";
import { readSizeDelimited, writeSizeDelimited } from "./size-delimited.ts";

/*
 * The program that the suite's runner starts: it reads one ServerCompatRequest from standard input, answers one
 * ServerCompatResponse on standard output, and serves until it is told to stop or its runner is gone. Its argument is the
 * suite's descriptors.
 */
const runner = process.ppid;
const runnerCheckMs = 1_000;

const [descriptors = ""] = process.argv.slice(2);
const server = createServerUnderTest(readFileSync(descriptors));
const answer = await server.start(await readSizeDelimited(process.stdin));
writeSizeDelimited(process.stdout, answer);
process.once("SIGTERM", () => process.exit(0));
setInterval(() => {
  if (process.ppid !== runner) {
    process.exit(1);
  }
}, runnerCheckMs);
