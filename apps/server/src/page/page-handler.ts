import { randomBytes } from "node:crypto";
import { type Answer, type PageHandler, textAnswer } from "../net/answer.ts";
import type { HttpExchange } from "../net/http-exchange.ts";
import { type Asset, chooseCoding } from "./asset.ts";
import { mediaTypeOf } from "./media-type.ts";
import { assetHeaders, contentSecurityPolicy, noncePlaceholder } from "./page-headers.ts";

/** What `createPageHandler` needs. */
export interface PageHandlerOptions {
  /** The files of the built page; undefined where it has not been built. */
  readonly assets: ReadonlyMap<string, Asset> | undefined;
  /** The path under which the page is, without a slash at its end. */
  readonly basePath: string;
}

const indexPath = "index.html";
const hashedFolder = "assets/";
const nonceBytes = 16;

/**
 * Creates the handler of the console's page. Files are found by their exact path in memory, so that no path leads out
 * of the build. Files with a hash in their names may be kept for ever; the page itself is asked for anew each time.
 */
export function createPageHandler({ assets, basePath }: PageHandlerOptions): PageHandler {
  return (path, request) => {
    if (request.method !== "GET" && request.method !== "HEAD") {
      return withHeaders(textAnswer(405, `${request.method} is not allowed here`), { allow: "GET, HEAD" });
    }
    if (assets === undefined) {
      return textAnswer(503, "The console's page has not been built. Run `npm run build`, then start again.");
    }
    const [requestPath = "/"] = request.target.split("?", 1);
    if (basePath !== "" && (requestPath === "/" || requestPath === basePath)) {
      return withHeaders(textAnswer(308, `${basePath}/`), { location: `${basePath}/` });
    }
    const file = path === "/" ? indexPath : path.slice(1);
    const asset = assets.get(file);
    if (asset === undefined) {
      return missing(path, `${basePath}/`, request);
    }
    return file === indexPath ? indexAnswer(asset, request) : assetAnswer(file, asset, request);
  };
}

function indexAnswer({ identity }: Asset, request: HttpExchange): Answer {
  const nonce = randomBytes(nonceBytes).toString("base64url");
  return htmlAnswer(200, Buffer.from(identity).toString().replaceAll(noncePlaceholder, nonce), nonce, hostOf(request));
}

function assetAnswer(file: string, asset: Asset, request: HttpExchange): Answer {
  const coding = chooseCoding(asset, String(request.headers["accept-encoding"] ?? ""));
  const isHashed = file.startsWith(hashedFolder);
  return {
    status: 200,
    headers: {
      ...assetHeaders,
      "content-type": mediaTypeOf(file),
      "cache-control": isHashed ? "public, max-age=31536000, immutable" : "no-cache",
      ...(coding === "identity" ? undefined : { "content-encoding": coding }),
    },
    body: asset[coding] ?? asset.identity,
  };
}

function missing(path: string, home: string, request: HttpExchange): Answer {
  if (!/text\/html/.test(request.headers.accept ?? "")) {
    return textAnswer(404, `there is nothing at ${path}`);
  }
  const html = [
    "<!doctype html>",
    '<html lang="en"><meta charset="utf-8"><title>Not found · Switchboard</title>',
    "<h1>There is nothing at this address</h1>",
    `<p><a href="${home}">Open the console</a></p></html>`,
  ].join("\n");
  return htmlAnswer(404, html, randomBytes(nonceBytes).toString("base64url"), hostOf(request));
}

function htmlAnswer(status: number, html: string, nonce: string, host: string): Answer {
  return {
    status,
    headers: {
      ...assetHeaders,
      "content-type": "text/html; charset=utf-8",
      "cache-control": "no-cache",
      "content-security-policy": contentSecurityPolicy(nonce, host),
    },
    body: html,
  };
}

/** The guard has let through only hosts of ours, so that the value can stand in a header. */
function hostOf({ headers }: HttpExchange): string {
  return String(headers[":authority"] ?? headers.host ?? "");
}

function withHeaders(answer: Answer, headers: Readonly<Record<string, string>>): Answer {
  return { ...answer, headers: { ...answer.headers, ...headers } };
}
