import { afterAll, expect } from "vitest";
import type { ConsolePage } from "./console-page.ts";
import { type ConsoleSuite, consoleSuite } from "./console-suite.ts";
import type { H2cServer } from "./serve-h2c.ts";
import { startEchoServer } from "./start-echo-server.ts";
import { startHostileServer } from "./start-hostile-server.ts";

/** A console with the target `echo`, and the target `hostile`, which means no good, around the tests of a file. */
export function hostileSuite(): ConsoleSuite {
  const servers: H2cServer[] = [];
  const suite = consoleSuite(async () => {
    const [echo, hostile] = await Promise.all([startEchoServer(), startHostileServer()]);
    servers.push(echo, hostile);
    return { flags: ["--target", `echo=h2c://${echo.host}`, "--target", `hostile=h2c://${hostile.host}`] };
  });
  afterAll(() => Promise.all(servers.map((server) => server[Symbol.asyncDispose]())));
  return suite;
}

/**
 * Expects that strangers' text has become nothing but text: no element of it, nothing run, and every object's properties
 * as they were.
 */
export async function expectHarmless({ page }: ConsolePage): Promise<void> {
  expect(await page.locator('img[src="x"], body script, b[onmouseover], a[href^="javascript:"]').count()).toBe(0);
  expect(await page.title()).not.toContain("owned");
  expect(await page.evaluate(objectProperties)).toEqual([...objectPropertyNames].sort());
}

const objectProperties = "Object.getOwnPropertyNames(Object.prototype).sort()";

/** As ECMA-262 has them. */
const objectPropertyNames = Object.getOwnPropertyNames(Object.prototype);
