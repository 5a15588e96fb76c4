import { AxeBuilder } from "@axe-core/playwright";
import { expect } from "vitest";
import type { ConsolePage } from "./console-page.ts";

/** What axe finds wrong with the page as it is now: the rule, and where. */
export async function violations({ page }: ConsolePage): Promise<string[]> {
  const results = await new AxeBuilder({ page })
    // The page has no frames, for which alone axe would open another page each time.
    .setLegacyMode(true)
    .analyze();
  expect(results.passes.length).toBeGreaterThan(0);
  return results.violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id} (${help}) at ${target.join(" ")}: ${failureSummary}`),
  );
}
