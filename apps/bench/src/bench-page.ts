import { existsSync } from "node:fs";
import { join } from "node:path";
import { printFirstLoad } from "./page/first-load.ts";
import { measureAnswers } from "./page/measure-answers.ts";
import { measureOpening } from "./page/measure-opening.ts";
import { measureTyping } from "./page/measure-typing.ts";
import { startSubject } from "./page/page-subject.ts";
import { printFigures } from "./page/print-figures.ts";

const builtPage = join(import.meta.dirname, "../../console/dist/index.html");

/**
 * Prints how much the page loads, and in Chromium: how long a key takes in a message of 2,000 fields and in JSON of 1 MB,
 * how long the method of a schema of 5,000 types takes to open, and how an answer of 20 MB is shown and scrolled.
 */
export async function benchPage(): Promise<void> {
  if (!existsSync(builtPage)) {
    throw new Error("the page was not built: run `npm run build`");
  }
  printFirstLoad();
  await using subject = await startSubject();
  printFigures([
    ...(await measureTyping(subject)),
    ...(await measureOpening(subject)),
    ...(await measureAnswers(subject)),
  ]);
}
