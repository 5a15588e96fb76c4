import { compressionNames, type JsonDialect } from "../../call/call-options.ts";
import { wireProtocols } from "../../call/wire-protocol.ts";
import { createDraft, type Draft, type MetadataRow, metadataBytesFormats } from "../../request/draft.ts";
import { type DraftOptions, defaultDraftOptions } from "../../request/options/draft-options.ts";
import { readParked } from "../../request/parked-values.ts";
import { localTarget } from "../../schema/local-schema.ts";
import type { MethodRoute } from "../route.ts";
import type { OpenTab } from "./open-tab.ts";
import { maxTabs } from "./workbench-store.ts";

/** The tabs as they outlive the page. */
export interface StoredTabs {
  readonly tabs: readonly OpenTab[];
  readonly activeId: string | undefined;
  /** The target that is shown. */
  readonly target: string;
}

/** The longest draft that is kept across a reload, in UTF-16 units; browsers store about five million in all. */
export const maxStoredText = 500_000;

/** All drafts together; the tabs farthest from the active one lose theirs first. */
const maxStoredTotal = 2_000_000;

const version = 1;

/** Writes the tabs down. A draft that is too long is left out, and its method's example stands there after a reload. */
export function serializeTabs({ tabs, activeId, target }: StoredTabs): string {
  let left = maxStoredTotal;
  const activeAt = tabs.findIndex(({ id }) => id === activeId);
  const nearestFirst = tabs
    .map((tab, at) => ({ id: tab.id, length: draftLength(tab.draft), distance: Math.abs(at - activeAt) }))
    .sort((a, b) => a.distance - b.distance);
  const kept = new Set<string>();
  for (const { id, length } of nearestFirst) {
    if (length <= maxStoredText && length <= left) {
      left -= length;
      kept.add(id);
    }
  }
  const head = JSON.stringify({ version, activeId, target }).slice(0, -1);
  const parts = tabs.map((tab) => (kept.has(tab.id) ? tabText(tab) : withoutText(tab)));
  return `${head},"tabs":[${parts.join(",")}]}`;
}

const tabTexts = new WeakMap<OpenTab, string>();

/** A tab in writing, made once for each: while one draft is typed, the others stay as they were written. */
function tabText(tab: OpenTab): string {
  const known = tabTexts.get(tab);
  if (known !== undefined) {
    return known;
  }
  const text = JSON.stringify(tab);
  tabTexts.set(tab, text);
  return text;
}

function withoutText(tab: OpenTab): string {
  return JSON.stringify({ ...tab, draft: { ...tab.draft, text: undefined, parked: [] } });
}

function draftLength({ text, parked }: Draft): number {
  return parked.reduce((sum, value) => sum + value.place.length + value.text.length, text.length);
}

/**
 * Reads tabs back. Whatever is not as `serializeTabs` writes it is left out, never thrown on: another version of the
 * page, or a hand, may have written it. `exampleOf` fills drafts that were not kept; undefined for what it doesn't know
 * yet.
 */
export function parseTabs(text: string | undefined, exampleOf: ExampleOf): StoredTabs {
  const stored = parseObject(text);
  if (stored.version !== version || !Array.isArray(stored.tabs)) {
    return { tabs: [], activeId: undefined, target: localTarget };
  }
  const tabs = stored.tabs.slice(0, maxTabs).flatMap((value) => parseTab(value, exampleOf) ?? []);
  const unique = [...new Map(tabs.map((tab) => [tab.id, tab])).values()];
  const active = unique.find(({ id }) => id === stored.activeId) ?? unique[0];
  const target = active?.route.target ?? (typeof stored.target === "string" ? stored.target : localTarget);
  return { tabs: unique, activeId: active?.id, target };
}

type ExampleOf = (route: MethodRoute) => string | undefined;

function parseTab(value: unknown, exampleOf: ExampleOf): OpenTab | undefined {
  const { id, route, draft, awaitsExample, isChanged } = asRecord(value);
  const { target, service, method } = asRecord(route);
  if (![id, target, service, method].every((part) => typeof part === "string")) {
    return undefined;
  }
  const parsedRoute = { target: String(target), service: String(service), method: String(method) };
  const stored = asRecord(draft);
  const example = typeof stored.text === "string" ? undefined : exampleOf(parsedRoute);
  const awaits = awaitsExample === true || (typeof stored.text !== "string" && example === undefined);
  return {
    id: String(id),
    route: parsedRoute,
    draft: parseDraft(stored, example ?? ""),
    ...(awaits ? { awaitsExample: true } : {}),
    ...(isChanged === true ? { isChanged: true } : {}),
  };
}

function parseDraft(value: Record<string, unknown>, example: string): Draft {
  const fresh = createDraft(typeof value.text === "string" ? value.text : example);
  return {
    ...fresh,
    parked: readParked(value.parked),
    metadata: Array.isArray(value.metadata) ? value.metadata.flatMap(parseRow) : [],
    deadline: typeof value.deadline === "string" ? value.deadline : fresh.deadline,
    protocol: wireProtocols.find((protocol) => protocol === value.protocol),
    options: parseOptions(asRecord(value.options)),
    repeat: typeof value.repeat === "string" ? value.repeat : fresh.repeat,
  };
}

function parseOptions(value: Record<string, unknown>): DraftOptions {
  const { json, maxSent, maxReceived } = defaultDraftOptions;
  const dialect = asRecord(value.json);
  const flag = (name: keyof JsonDialect) => (typeof dialect[name] === "boolean" ? dialect[name] : json[name]);
  const accepted = Array.isArray(value.acceptedCompressions) ? value.acceptedCompressions : [];
  return {
    requestCompression: compressionNames.find((name) => name === value.requestCompression),
    acceptedCompressions: compressionNames.filter((name) => accepted.includes(name)),
    maxSent: typeof value.maxSent === "string" ? value.maxSent : maxSent,
    maxReceived: typeof value.maxReceived === "string" ? value.maxReceived : maxReceived,
    json: {
      protoFieldNames: flag("protoFieldNames"),
      enumsAsNumbers: flag("enumsAsNumbers"),
      emitDefaults: flag("emitDefaults"),
      ignoreUnknownFields: flag("ignoreUnknownFields"),
    },
  };
}

function parseRow(value: unknown): MetadataRow[] {
  const { id, name, value: text, isEnabled, format: stored } = asRecord(value);
  const format = metadataBytesFormats.find((known) => known === stored);
  return typeof id === "string" && typeof name === "string" && typeof text === "string"
    ? [{ id, name, value: text, isEnabled: isEnabled !== false, ...(format === undefined ? {} : { format }) }]
    : [];
}

function parseObject(text: string | undefined): Record<string, unknown> {
  try {
    return asRecord(JSON.parse(text ?? "{}"));
  } catch {
    return {};
  }
}

function asRecord(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null ? { ...value } : {};
}
