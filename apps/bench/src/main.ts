import { benchArticles } from "./bench-articles.ts";
import { benchCalls } from "./bench-calls.ts";
import { benchGateway } from "./bench-gateway.ts";
import { benchPage } from "./bench-page.ts";
import { benchStream } from "./bench-stream.ts";

const benchmarks: Readonly<Record<string, (flags: readonly string[]) => Promise<void>>> = {
  articles: benchArticles,
  calls: benchCalls,
  gateway: benchGateway,
  page: benchPage,
  stream: benchStream,
};

// Names come first; from the first flag on, everything is the benchmarks' own.
const args = process.argv.slice(2);
const firstFlag = args.findIndex((arg) => arg.startsWith("--"));
const asked = firstFlag < 0 ? args : args.slice(0, firstFlag);
const flags = args.slice(asked.length);
const names = asked.length > 0 ? asked : Object.keys(benchmarks);
const unknown = names.filter((name) => benchmarks[name] === undefined);
if (unknown.length > 0) {
  console.error(`no benchmark "${unknown.join('", "')}"; there are: ${Object.keys(benchmarks).join(", ")}`);
  process.exitCode = 2;
} else {
  for (const name of names) {
    console.log(`\n# ${name}`);
    await benchmarks[name]?.(flags);
  }
}
