import { mkdtempDisposable, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { createGpuCounter } from "./count-gpus.ts";

const LISTING = `GPU 0: NVIDIA A100-SXM4-40GB (UUID: GPU-1)
  MIG 3g.20gb     Device  0: (UUID: MIG-1)
GPU 1: NVIDIA A100-SXM4-40GB (UUID: GPU-2)
`;

const missing = { devDirectory: "/nonexistent", now: () => 0 };

describe("createGpuCounter()", () => {
  test("counts the device nodes of GPUs and no others", async () => {
    await using directory = await mkdtempDisposable(join(tmpdir(), "switchboard-"));
    for (const name of ["nvidia0", "nvidia1", "nvidia12", "nvidiactl", "nvidia-uvm", "null"]) {
      await writeFile(join(directory.path, name), "");
    }
    const count = createGpuCounter({ ...missing, devDirectory: directory.path, runNvidiaSmi: async () => LISTING });
    expect(await count()).toBe(3);
  });

  test("counts the lines of nvidia-smi where there are no nodes", async () => {
    expect(await createGpuCounter({ ...missing, runNvidiaSmi: async () => LISTING })()).toBe(2);
  });

  test("answers 0 where nvidia-smi fails", async () => {
    const runNvidiaSmi = () => Promise.reject(new Error("ENOENT"));
    expect(await createGpuCounter({ ...missing, runNvidiaSmi })()).toBe(0);
  });

  test("answers the pinned number without looking", async () => {
    const runNvidiaSmi = () => Promise.reject(new Error("was asked"));
    expect(await createGpuCounter({ ...missing, runNvidiaSmi, pinned: 0 })()).toBe(0);
    expect(await createGpuCounter({ ...missing, runNvidiaSmi, pinned: 24 })()).toBe(24);
  });

  test("keeps a count for a minute", async () => {
    let now = 0;
    let runs = 0;
    const runNvidiaSmi = async () => {
      runs++;
      return "GPU 0: X\n".repeat(runs);
    };
    const count = createGpuCounter({ ...missing, now: () => now, runNvidiaSmi });
    expect(await Promise.all([count(), count()])).toEqual([1, 1]);
    now = 59_999;
    expect(await count()).toBe(1);
    now = 60_000;
    expect(await count()).toBe(2);
  });
});
