import { describe, expect, it } from "vitest";
import { parseConformanceFlags } from "./conformance-flags.ts";

describe("parseConformanceFlags()", () => {
  it("runs every setup when nothing is said", () => {
    expect(parseConformanceFlags([])).toEqual({ ifGo: false, setups: undefined, runner: [] });
  });

  it("leaves what it doesn't know to the runner, in order", () => {
    const flags = parseConformanceFlags(["--run", "Basic/**", "--if-go", "--setup", "server,gateway-engine", "--vv"]);
    expect(flags).toEqual({ ifGo: true, setups: ["server", "gateway-engine"], runner: ["--run", "Basic/**", "--vv"] });
  });
});
