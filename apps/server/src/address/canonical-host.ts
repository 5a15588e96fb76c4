import { isIP } from "node:net";

/** The longest name in the domain name system (RFC 1035, section 2.3.4). */
const maxNameLength = 253;

/**
 * What a host means to the URL standard: `127.1`, `0x7f000001` and full-width digits are 127.0.0.1, names are in lower
 * case and in ASCII (RFC 5891). An IPv6 address is in brackets before and without them after. Undefined where it is no
 * host, as with a zone (`%eth0`) behind an address.
 */
export function canonicalHost(text: string): string | undefined {
  // What would end the host or be taken out of it by the URL's parser is no part of a host.
  if (/[\s\p{Cc}/\\?#@%]/u.test(text)) {
    return undefined;
  }
  const host = URL.parse(`http://${text}/`)?.hostname;
  if (host === undefined || host === "") {
    return undefined;
  }
  const address = host.replace(/^\[|\]$/g, "");
  return isIP(address) !== 0 || isName(address) ? address : undefined;
}

function isName(host: string): boolean {
  const name = host.replace(/\.$/, "");
  return name.length <= maxNameLength && name.split(".").every((label) => /^[a-z0-9_-]{1,63}$/.test(label));
}
