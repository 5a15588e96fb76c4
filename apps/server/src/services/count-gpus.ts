import { readdir } from "node:fs/promises";

/** What `createGpuCounter` needs. */
export interface GpuCounterOptions {
  /** Where the device nodes are: `/dev`. A directory that can't be read has none. */
  devDirectory: string;
  /** Answers what `nvidia-smi -L` prints. Rejects where there is no such program or it takes too long. */
  runNvidiaSmi: () => Promise<string>;
  /** A clock in milliseconds that never goes back. */
  now: () => number;
  /** The number that an operator wants to be answered, whatever the machine has. */
  pinned?: number | undefined;
}

/** How long a count is good for, in milliseconds. */
const CACHE_MS = 60_000;

/** A device node of one GPU; `nvidiactl` and `nvidia-uvm` stand for none. */
const DEVICE_NODE = /^nvidia[0-9]+$/;

/** A line of `nvidia-smi -L` for one GPU; the slices of a GPU (MIG) are indented and don't count. */
const LISTED_GPU = /^GPU [0-9]+:/gm;

/**
 * Creates a function that counts the GPUs of this machine: NVIDIA device nodes, else the lines of `nvidia-smi -L`.
 * None is 0, not an error. A count is kept for a minute, and calls that come during a count share it.
 */
export function createGpuCounter(options: GpuCounterOptions): () => Promise<number> {
  const { pinned, now } = options;
  if (pinned !== undefined) {
    return async () => pinned;
  }
  let count: Promise<number> | undefined;
  let countedAt = 0;
  return () => {
    if (count === undefined || now() - countedAt >= CACHE_MS) {
      countedAt = now();
      count = countGpus(options);
    }
    return count;
  };
}

async function countGpus({ devDirectory, runNvidiaSmi }: GpuCounterOptions): Promise<number> {
  const names = await readdir(devDirectory).catch(() => []);
  const nodes = names.filter((name) => DEVICE_NODE.test(name)).length;
  if (nodes > 0) {
    return nodes;
  }
  const listing = await runNvidiaSmi().catch(() => "");
  return listing.match(LISTED_GPU)?.length ?? 0;
}
