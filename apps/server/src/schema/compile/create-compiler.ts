import { tmpdir } from "node:os";
import { Code, ConnectError } from "@connectrpc/connect";
import { createSlots } from "../store/slots.ts";
import { defaultCompileLimits } from "./compile-limits.ts";
import { type CompileResult, compileProtoFiles } from "./compile-proto-files.ts";
import { findBuf } from "./find-buf.ts";
import type { ProtoFile } from "./proto-file.ts";

/**
 * Compiles `.proto` text within the default limits. Rejects with a ConnectError where the compiler isn't installed or too much
 * is compiled at a time.
 */
export type Compile = (files: readonly ProtoFile[], signal: AbortSignal) => Promise<CompileResult>;

/** Compiling takes all it gets of processor and memory. */
const compileSlots = { what: "compilations", maxRunning: 1, maxWaiting: 8 };

/** Creates the compiler of this machine. */
export function createCompiler(): Compile {
  const slots = createSlots(compileSlots);
  return (files, signal) =>
    slots.run(async () => {
      const program = findBuf();
      if (program === undefined) {
        const advice = "add a descriptor set instead";
        throw new ConnectError(`there is no compiler for this machine; ${advice}`, Code.Unimplemented);
      }
      return compileProtoFiles(files, {
        program,
        temporaryDirectory: tmpdir(),
        limits: defaultCompileLimits,
        signal,
      });
    }, signal);
}
