import type { CompileLimits } from "./compile-limits.ts";
import { type CompileError, errorWithoutPlace, type ProtoFile } from "./proto-file.ts";

/** The longest path and the longest name in it, in UTF-8 bytes; file systems take no longer names. */
const maxPathBytes = 1_000;
const maxNameBytes = 200;

/** Says what forbids to compile files: paths that lead anywhere else, twins, and more than the limits. */
export function checkFiles(files: readonly ProtoFile[], limits: CompileLimits): CompileError[] {
  if (files.length === 0) {
    return [errorWithoutPlace("there is no .proto file; choose a folder that has some")];
  }
  if (files.length > limits.maxFiles) {
    const advice = "choose a folder inside";
    return [errorWithoutPlace(`there are ${files.length} files, and ${limits.maxFiles} are the most; ${advice}`)];
  }
  const total = files.reduce((sum, { content }) => sum + content.length, 0);
  if (total > limits.maxTotalBytes) {
    const message = `the files have ${total} bytes, and ${limits.maxTotalBytes} are the most; choose a folder inside`;
    return [errorWithoutPlace(message)];
  }
  const paths = new Set<string>();
  return files.flatMap(({ path, content }) => {
    const fault = pathFault(path) ?? (paths.has(path) ? "is there twice" : undefined);
    paths.add(path);
    if (fault !== undefined) {
      return [errorWithoutPlace(`the path ${fault}`, path.slice(0, maxPathBytes))];
    }
    return content.length > limits.maxFileBytes
      ? [errorWithoutPlace(`the file has ${content.length} bytes, and ${limits.maxFileBytes} are the most`, path)]
      : [];
  });
}

/** What is wrong with a path, which has to lead into the folder that it is joined to; undefined where nothing is. */
function pathFault(path: string): string | undefined {
  if (!path.endsWith(".proto")) {
    return "doesn't end in .proto";
  }
  if (Buffer.byteLength(path) > maxPathBytes) {
    return `is longer than ${maxPathBytes} bytes`;
  }
  // biome-ignore lint/suspicious/noControlCharactersInRegex: it is these that are looked for.
  if (/[\u0000-\u001f\u007f\\:*?"<>|]/.test(path)) {
    return "has a character that paths can't have everywhere";
  }
  for (const name of path.split("/")) {
    if (name === "" || name === "." || name === "..") {
      return "isn't relative, or leaves its folder";
    }
    if (Buffer.byteLength(name) > maxNameBytes) {
      return `has a name longer than ${maxNameBytes} bytes`;
    }
  }
  return undefined;
}
