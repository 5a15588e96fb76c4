import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { quoteName } from "../quote-name.ts";
import { splitDescriptorSet } from "../split-descriptor-set.ts";
import { checkFiles } from "./check-files.ts";
import type { CompileLimits } from "./compile-limits.ts";
import { guessRoots, type RootedFiles } from "./guess-roots.ts";
import { parseComplaints } from "./parse-complaints.ts";
import { type CompileError, errorWithoutPlace, type ProtoFile } from "./proto-file.ts";
import { bufFolder, runBuf } from "./run-buf.ts";

/** What came of compiling. */
export type CompileResult =
  | {
      readonly kind: "compiled";
      /** Serialized files with comments, and those that they import. */
      readonly files: readonly Uint8Array[];
      readonly notes: readonly string[];
    }
  | { readonly kind: "failed"; readonly errors: readonly CompileError[] };

/** What `compileProtoFiles` needs besides the files. */
export interface CompileOptions {
  /** The path of the compiler, `buf`. */
  readonly program: string;
  /** A folder in which one of its own is made, and removed again. */
  readonly temporaryDirectory: string;
  readonly limits: CompileLimits;
  /** Gives it up. */
  readonly signal: AbortSignal;
}

/** A folder that is its own module, without dependencies. */
const bufConfig = "version: v2\n";

/** How many files are written at a time. */
const writeBatch = 64;

/**
 * Compiles `.proto` files. Configuration and lock files of whoever wrote them count for nothing, so that nothing is fetched.
 * Rejects with the signal's reason, and with Node's error where the folder can't be written.
 */
export async function compileProtoFiles(
  files: readonly ProtoFile[],
  { program, temporaryDirectory, limits, signal }: CompileOptions,
): Promise<CompileResult> {
  const faults = checkFiles(files, limits);
  if (faults.length > 0) {
    return { kind: "failed", errors: faults };
  }
  const rooted = guessRoots(files);
  if (rooted.errors.length > 0) {
    return { kind: "failed", errors: rooted.errors };
  }
  const directory = await mkdtemp(join(temporaryDirectory, "switchboard-compile-"));
  try {
    await writeFiles(join(directory, bufFolder.files), rooted);
    signal.throwIfAborted();
    const { exitCode, complaints } = await runBuf({ program, directory, timeoutMs: limits.timeoutMs, signal });
    if (exitCode !== 0) {
      return { kind: "failed", errors: explain(exitCode, complaints, { rooted, directory, limits }) };
    }
    return await readOutput(join(directory, bufFolder.output), rooted, limits);
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

async function writeFiles(directory: string, { files }: RootedFiles): Promise<void> {
  await mkdir(directory);
  await writeFile(join(directory, "buf.yaml"), bufConfig);
  const folders = new Set(files.map(({ importPath }) => dirname(importPath)));
  for (const folder of folders) {
    await mkdir(join(directory, folder), { recursive: true });
  }
  for (let start = 0; start < files.length; start += writeBatch) {
    await Promise.all(
      files
        .slice(start, start + writeBatch)
        .map(({ file, importPath }) => writeFile(join(directory, importPath), file.content, { flag: "wx" })),
    );
  }
}

interface ExplainContext {
  readonly rooted: RootedFiles;
  readonly directory: string;
  readonly limits: CompileLimits;
}

function explain(
  exitCode: number | undefined,
  complaints: string,
  { rooted, directory, limits }: ExplainContext,
): CompileError[] {
  if (exitCode === undefined) {
    return [
      errorWithoutPlace(`compiling took longer than ${limits.timeoutMs} ms and was given up; choose fewer files`),
    ];
  }
  const paths = new Map(rooted.files.map(({ file, importPath }) => [importPath, file.path]));
  // Nobody is told where on this machine that was.
  const errors = parseComplaints(complaints.replaceAll(directory, ""), (path) => paths.get(path) ?? path);
  return errors.length > 0 ? errors : [errorWithoutPlace(`the compiler ended with code ${exitCode} and said nothing`)];
}

async function readOutput(path: string, { roots }: RootedFiles, limits: CompileLimits): Promise<CompileResult> {
  const { size } = await stat(path);
  if (size > limits.maxOutputBytes) {
    const message = `the compiled files have ${size} bytes, and ${limits.maxOutputBytes} are the most; choose fewer files`;
    return { kind: "failed", errors: [errorWithoutPlace(message)] };
  }
  const inner = roots.filter((root) => root !== "");
  const notes = inner.length === 0 ? [] : [`imports are relative to ${inner.map(quoteName).join(" and ")}`];
  return { kind: "compiled", files: splitDescriptorSet(await readFile(path)), notes };
}
