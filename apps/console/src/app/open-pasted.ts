import type { PasteReading } from "../request/paste/paste-reading.ts";
import { openMethod } from "./open-method.ts";
import type { Services } from "./services.ts";
import { subjectOf } from "./target/subject.ts";

/** Opens the method of `target` that a pasted command calls in a tab of its own, and fills the reading in there. */
export function openPasted(services: Services, target: string, reading: PasteReading): void {
  if (reading.method === undefined) {
    return;
  }
  const route = { target, ...reading.method };
  const tab = openMethod(services, { route, inNewTab: true });
  const subject = tab && subjectOf(services, route);
  if (tab !== undefined && subject !== undefined) {
    services.sessions.of(tab, subject).desk.take(reading);
  }
}
