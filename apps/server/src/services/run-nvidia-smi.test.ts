import { mkdtempDisposable, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, test, vi } from "vitest";
import { runNvidiaSmi } from "./run-nvidia-smi.ts";

afterEach(() => {
  vi.unstubAllEnvs();
});

describe("runNvidiaSmi()", () => {
  test("answers what the program lists", async () => {
    await using directory = await mkdtempDisposable(join(tmpdir(), "switchboard-"));
    await writeFile(join(directory.path, "nvidia-smi"), '#!/bin/sh\necho "GPU 0: $1"\n', { mode: 0o755 });
    vi.stubEnv("PATH", directory.path);
    expect(await runNvidiaSmi()).toBe("GPU 0: -L\n");
  });

  test("rejects where there is no such program", async () => {
    vi.stubEnv("PATH", "/nonexistent");
    await expect(runNvidiaSmi()).rejects.toMatchObject({ code: "ENOENT" });
  });
});
