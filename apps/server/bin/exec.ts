#!/usr/bin/env node
import { spawn } from "node:child_process";

/*
 * `exec` for the shell of Windows, which lacks it: see docs/decisions/0009-start-in-place-of-the-shell.md. Elsewhere the
 * shell's own is used, and this file never runs.
 */

const [command = "node", ...args] = process.argv.slice(2);
const child = spawn(command, args, { stdio: "inherit", shell: true });
child.on("exit", (code) => {
  process.exitCode = code ?? 1;
});
