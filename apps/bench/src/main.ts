import { benchArticles } from "./bench-articles.ts";
import { benchPage } from "./bench-page.ts";
import { benchStream } from "./bench-stream.ts";

const benchmarks: Readonly<Record<string, () => Promise<void>>> = {
  articles: benchArticles,
  page: benchPage,
  stream: benchStream,
};

const asked = process.argv.slice(2);
const names = asked.length > 0 ? asked : Object.keys(benchmarks);
const unknown = names.filter((name) => benchmarks[name] === undefined);
if (unknown.length > 0) {
  console.error(`no benchmark "${unknown.join('", "')}"; there are: ${Object.keys(benchmarks).join(", ")}`);
  process.exitCode = 2;
} else {
  for (const name of names) {
    console.log(`\n# ${name}`);
    await benchmarks[name]?.();
  }
}
