import { readFile } from "node:fs/promises";

/** Whether the memory of another process can be read here: on Linux. */
export const canReadMemory = process.platform === "linux";

/** Reads how much memory of a process is resident, in bytes. Rejects where it has ended. */
export async function residentBytes(pid: number): Promise<number> {
  const [, kib] = /^VmRSS:\s+(\d+) kB$/m.exec(await readFile(`/proc/${pid}/status`, "utf8")) ?? [];
  if (kib === undefined) {
    throw new Error(`process ${pid} has ended`);
  }
  return Number(kib) * 1024;
}
