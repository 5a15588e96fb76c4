import { afterAll } from "vitest";
import { type ConsoleSuite, consoleSuite } from "./console-suite.ts";
import type { H2cServer } from "./serve-h2c.ts";
import { startEchoServer } from "./start-echo-server.ts";

/** The service of the echo server, as in `open({ target: "echo", method: \`${echoService}/Echo\` })`. */
export const echoService = "switchboard.testing.v1.EchoService";

/** A console whose target `echo` is an echo server in this process, around the tests of a file. */
export function echoSuite(): ConsoleSuite {
  let echo: H2cServer | undefined;
  const suite = consoleSuite(async () => {
    echo = await startEchoServer();
    return { flags: ["--target", `echo=h2c://${echo.host}`] };
  });
  afterAll(() => echo?.[Symbol.asyncDispose]());
  return suite;
}
