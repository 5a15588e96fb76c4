import { parseConfig } from "./config.ts";

const exitFailed = 1;
const exitUsage = 2;

const parsed = parseConfig(process.argv.slice(2), process.env);
switch (parsed.kind) {
  case "help":
    process.stdout.write(parsed.text);
    break;
  case "faults":
    process.stderr.write(`${parsed.faults.join("\n")}\n`);
    process.exitCode = exitUsage;
    break;
  case "config": {
    // Loading the server takes a second or two, for which help and faults of flags need not wait.
    const { serve } = await import("./serve.ts");
    const fault = await serve(parsed.config);
    if (fault !== undefined) {
      process.stderr.write(`${fault}\n`);
      process.exitCode = exitFailed;
    }
    break;
  }
}
