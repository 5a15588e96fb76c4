import { spawn } from "node:child_process";
import type { CompatMessages, ServerUnderTest } from "./compat-messages.ts";
import { readSizeDelimited, writeSizeDelimited } from "./size-delimited.ts";

/**
 * Creates a server that is a program of its own, one that the suite's runner could start too. It ends with this process.
 *
 * @param program the path of the program
 */
export function createProgramServer(messages: CompatMessages, program: string): ServerUnderTest {
  return {
    async start(request) {
      const child = spawn(program, { stdio: ["pipe", "pipe", "inherit"] });
      process.once("exit", () => child.kill());
      writeSizeDelimited(child.stdin, messages.writeRequest(request));
      return messages.readResponse(await readSizeDelimited(child.stdout));
    },
  };
}
