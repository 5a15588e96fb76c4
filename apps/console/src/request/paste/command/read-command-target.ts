import { loss } from "../paste-notes.ts";
import type { PasteNote } from "../paste-reading.ts";
import type { Tool } from "./known-tools.ts";
import type { ReadFlags } from "./read-flags.ts";

/** What a command calls, and where. */
export interface CommandTarget {
  readonly address: string | undefined;
  readonly method: { readonly service: string; readonly method: string } | undefined;
  /** What the address carries behind its question mark. */
  readonly query: URLSearchParams;
  /** Whether the command asks what there is, and calls nothing. */
  readonly isListing: boolean;
  readonly notes: readonly PasteNote[];
}

/** Reads which method a command calls, and at which address. */
export function readCommandTarget(tool: Tool, used: ReadFlags): CommandTarget {
  return tool === "grpcurl" ? readSymbol(used) : readUrl(used);
}

/** grpcurl has `address symbol`, where the symbol is `pkg.Service/Method` or `pkg.Service.Method`. */
function readSymbol({ operands }: ReadFlags): CommandTarget {
  const isListing = operands.some((operand) => operand === "list" || operand === "describe");
  const [first, second] = operands;
  const symbol = second ?? (first !== undefined && isSymbol(first) ? first : undefined);
  const address = second === undefined && symbol !== undefined ? undefined : first;
  const method = isListing || symbol === undefined ? undefined : splitSymbol(symbol);
  return { address, method, query: new URLSearchParams(), isListing, notes: missingMethod(method, isListing) };
}

function isSymbol(operand: string): boolean {
  return /^[\w.]+\/\w+$/.test(operand) && !operand.includes(":");
}

function splitSymbol(symbol: string): CommandTarget["method"] {
  const plain = symbol.replace(/^[./]/, "");
  const at = plain.includes("/") ? plain.lastIndexOf("/") : plain.lastIndexOf(".");
  const [service, method] = [plain.slice(0, Math.max(at, 0)), plain.slice(at + 1)];
  return service === "" || method === "" ? undefined : { service, method };
}

/** `buf curl` and curl have an address whose path ends in `/pkg.Service/Method`. */
function readUrl({ flags, operands }: ReadFlags): CommandTarget {
  const isListing = flags.some(({ role }) => role === "list");
  const written = flags.findLast(({ role }) => role === "url")?.value ?? operands[0] ?? "";
  const url = parseUrl(written);
  const [method = "", service = "", ...path] = (url?.pathname ?? "").split("/").toReversed();
  const called =
    isListing || service === "" || method === "" ? undefined : { service: decode(service), method: decode(method) };
  const base = called === undefined ? (url?.pathname ?? "") : path.toReversed().join("/");
  const address = url === undefined ? written : `${url.protocol}//${url.host}${base}`.replace(/\/$/, "");
  return {
    address: address === "" ? undefined : address,
    method: called,
    query: url?.searchParams ?? new URLSearchParams(),
    isListing,
    notes: missingMethod(called, isListing),
  };
}

function missingMethod(method: CommandTarget["method"], isListing: boolean): readonly PasteNote[] {
  if (isListing) {
    return [loss("listing")];
  }
  return method === undefined ? [loss("noMethod")] : [];
}

function parseUrl(written: string): URL | undefined {
  const whole = /^[a-z][a-z0-9+.-]*:\/\//i.test(written) ? written : `http://${written}`;
  return URL.canParse(whole) ? new URL(whole) : undefined;
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
