import { spawn } from "node:child_process";
import { once } from "node:events";
import { expect, it } from "vitest";

const module = new URL("./create-logger.ts", import.meta.url).href;

/** Logs 24 MiB to a pipe that nobody reads until it says so, and a line more once that is gone. */
const program = `
import { createLogger } from ${JSON.stringify(module)};
const log = createLogger("info");
for (let i = 0; i < 1536; i++) log.info("x".repeat(16_000));
process.stdout.write("written\\n");
`;

it("drops what is beyond the limit for a reader that is slow, and says so", async () => {
  const child = spawn(process.execPath, ["--input-type=module", "-e", program], { stdio: ["ignore", "pipe", "pipe"] });
  await once(child.stdout, "data");
  let text = "";
  child.stderr.setEncoding("utf8").on("data", (chunk: string) => {
    text += chunk;
  });
  const [code] = await once(child, "close");
  const lines = text
    .trimEnd()
    .split("\n")
    .map((line): { msg: string; writes?: number } => JSON.parse(line));
  const warning = lines.find(({ msg }) => msg.startsWith("lines were dropped"));
  expect(code).toBe(0);
  expect(lines.length - 1 + (warning?.writes ?? 0)).toBe(1536);
  expect(warning?.writes).toBeGreaterThan(0);
});
