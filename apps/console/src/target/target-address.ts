/** What somebody typed for a server's address, as far as the page can read it; the server checks it. */
export interface TypedAddress {
  /** With a scheme. */
  readonly address: string;
  /** A name for the target, made of letters, digits, `.`, `_` and `-`. */
  readonly name: string;
}

const schemePattern = /^(?<scheme>[a-z][a-z0-9+.-]*):(?:\/\/)?(?<rest>.*)$/i;
const hostPattern = /^(?<host>\[[^\]]*\]|[^:/?#]*)(?::(?<port>\d+))?/;

/** The port for which TLS is assumed where no scheme was typed. */
const tlsPort = "443";
const maxNameLength = 64;

/**
 * Reads what was typed: `localhost:50051`, `https://api.example.com`, `unix:/run/x.sock`. Without a scheme, HTTP/2 in
 * plain text is assumed, or TLS where the port is 443. Undefined for blank.
 */
export function readTypedAddress(typed: string): TypedAddress | undefined {
  const text = typed.trim();
  if (text === "") {
    return undefined;
  }
  const { scheme, rest = "" } = readScheme(text);
  if (scheme === "unix") {
    return { address: text, name: toName(rest.replace(/^.*\//, "").replace(/\.sock(?:et)?$/, "")) };
  }
  const { host = "", port } = hostPattern.exec(scheme === undefined ? text : rest)?.groups ?? {};
  const assumed = port === tlsPort ? "https" : "h2c";
  return {
    address: scheme === undefined ? `${assumed}://${text}` : text,
    name: toName(port === undefined || port === tlsPort ? host : `${host}-${port}`),
  };
}

/** A host with a port looks like a scheme, and is none. */
function readScheme(text: string): { readonly scheme?: string; readonly rest?: string } {
  const { scheme, rest = "" } = schemePattern.exec(text)?.groups ?? {};
  return scheme === undefined || /^\d+(?:[/?#]|$)/.test(rest) ? {} : { scheme: scheme.toLowerCase(), rest };
}

function toName(text: string): string {
  const name = text
    .replace(/[^A-Za-z0-9._]+/g, "-")
    .replace(/^[-.]+|[-.]+$/g, "")
    .slice(0, maxNameLength);
  return name === "" ? "server" : name;
}

/** A name like `wanted` that is not among `taken`: a figure is added where that is needed. */
export function freeName(wanted: string, taken: ReadonlySet<string>): string {
  let name = wanted;
  for (let figure = 2; taken.has(name); figure++) {
    const suffix = `-${figure}`;
    name = `${wanted.slice(0, maxNameLength - suffix.length)}${suffix}`;
  }
  return name;
}
