import { pythonPeer } from "@switchboard/e2e/interop/python/python-peer.ts";

/** A Python with grpcio and grpcio-tools, or why there is none. */
export type FoundPython =
  | { readonly kind: "found"; readonly python: string }
  | { readonly kind: "missing"; readonly reason: string };

/** Finds the Python that the interop client runs in; the first time that needs `python3` with venv, and PyPI. */
export async function findPython(): Promise<FoundPython> {
  try {
    const command = await pythonPeer.prepare();
    return { kind: "found", python: command("").program };
  } catch (error) {
    return { kind: "missing", reason: error instanceof Error ? error.message : String(error) };
  }
}
