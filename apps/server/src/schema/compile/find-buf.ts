import { createRequire } from "node:module";

/** The packages that hold the program for the machines that it was made for, by `process.platform` and `process.arch`. */
const packageByMachine: ReadonlyMap<string, string> = new Map([
  ["darwin arm64", "@bufbuild/buf-darwin-arm64/bin/buf"],
  ["darwin x64", "@bufbuild/buf-darwin-x64/bin/buf"],
  ["linux arm", "@bufbuild/buf-linux-armv7/bin/buf"],
  ["linux arm64", "@bufbuild/buf-linux-aarch64/bin/buf"],
  ["linux x64", "@bufbuild/buf-linux-x64/bin/buf"],
  ["win32 arm64", "@bufbuild/buf-win32-arm64/bin/buf.exe"],
  ["win32 x64", "@bufbuild/buf-win32-x64/bin/buf.exe"],
]);

/**
 * The path of the compiler itself: its package's own command is a script around it, which would leave it running when it is
 * killed. Undefined where it isn't installed.
 */
export function findBuf(): string | undefined {
  const path = packageByMachine.get(`${process.platform} ${process.arch}`);
  if (path === undefined) {
    return undefined;
  }
  const { resolve } = createRequire(import.meta.url);
  try {
    return resolve(path);
  } catch {
    return undefined;
  }
}
