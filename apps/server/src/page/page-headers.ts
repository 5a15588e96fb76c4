/** The text in `index.html` that stands for the nonce of a response's inline styles. */
export const noncePlaceholder = "__CSP_NONCE__";

/** The headers of every file of the page. */
export const assetHeaders: Readonly<Record<string, string>> = {
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  vary: "accept-encoding",
};

/**
 * The Content-Security-Policy of the page: it may run its own scripts alone, connect to this host alone, and nothing may
 * frame it.
 *
 * @param nonce allows the style elements that carry it
 * @param host the host of the request, for WebSocket addresses, which `'self'` doesn't mean in every browser
 */
export function contentSecurityPolicy(nonce: string, host: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data: blob:",
    "font-src 'self'",
    `connect-src 'self' ws://${host} wss://${host}`,
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "worker-src 'self' blob:",
  ].join("; ");
}
