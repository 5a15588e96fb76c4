import { Code } from "@connectrpc/connect";
import { formatTargetAddress, type TargetAddress } from "../../address/target-address.ts";
import type { UpstreamFault, UpstreamFaultKind } from "../upstream/upstream-fault.ts";
import { codeOf } from "./dial-faults.ts";

/** Who is to blame and what to say of a code of OpenSSL or Node.js. The text is put behind the target's address. */
interface TlsReason {
  readonly kind: UpstreamFaultKind;
  readonly endedBy: UpstreamFault["endedBy"];
  readonly text: string;
}

const unknownAuthority: TlsReason = {
  kind: "certificate-unknown-authority",
  endedBy: "gateway",
  text: "shows a certificate that no trusted authority has signed; name the authority's certificate as the target's CA file",
};

const refusedCertificate: TlsReason = {
  kind: "certificate-required",
  endedBy: "upstream",
  text: "does not accept our client certificate; check that its authority is the one the server trusts, and that it is still valid",
};

const oldProtocol: TlsReason = {
  kind: "tls-failed",
  endedBy: "gateway",
  text: "speaks no version of TLS from 1.2 on, and older ones are not safe; let the server speak TLS 1.2 or 1.3",
};

/** What the codes stand for that Node.js 26 gives to the errors of a handshake. */
const reasons: ReadonlyMap<string, TlsReason> = new Map<string, TlsReason>([
  [
    "CERT_HAS_EXPIRED",
    {
      kind: "certificate-expired",
      endedBy: "gateway",
      text: "shows a certificate that has expired; renew it, or check the clock of the machine that Switchboard runs on",
    },
  ],
  [
    "CERT_NOT_YET_VALID",
    {
      kind: "certificate-not-yet-valid",
      endedBy: "gateway",
      text: "shows a certificate that is not valid yet; check the clocks of both machines",
    },
  ],
  ["DEPTH_ZERO_SELF_SIGNED_CERT", unknownAuthority],
  ["SELF_SIGNED_CERT_IN_CHAIN", unknownAuthority],
  ["UNABLE_TO_GET_ISSUER_CERT", unknownAuthority],
  ["UNABLE_TO_GET_ISSUER_CERT_LOCALLY", unknownAuthority],
  ["UNABLE_TO_VERIFY_LEAF_SIGNATURE", unknownAuthority],
  ["CERT_UNTRUSTED", unknownAuthority],
  [
    "ERR_SSL_WRONG_VERSION_NUMBER",
    {
      kind: "plaintext-port-with-tls",
      endedBy: "gateway",
      text: "does not speak TLS; use h2c:// for a server in plain text",
    },
  ],
  [
    "ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED",
    {
      kind: "certificate-required",
      endedBy: "upstream",
      text: "requires a client certificate; name a certificate file and a key file for the target",
    },
  ],
  [
    "ERR_SSL_SSL/TLS_ALERT_HANDSHAKE_FAILURE",
    {
      kind: "tls-failed",
      endedBy: "upstream",
      text: "refused the TLS handshake; it may require a client certificate, or share no cipher with this server",
    },
  ],
  [
    "ERR_SSL_TLSV1_UNRECOGNIZED_NAME",
    {
      kind: "tls-failed",
      endedBy: "upstream",
      text: "does not know the name it was asked for; set the server name of the target",
    },
  ],
  ["ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION", oldProtocol],
  ["ERR_SSL_UNSUPPORTED_PROTOCOL", oldProtocol],
  [
    "ECONNRESET",
    {
      kind: "tls-failed",
      endedBy: "upstream",
      text: "closed the connection during the TLS handshake; it may speak plain text (h2c://), or require a client certificate",
    },
  ],
]);

const alertOnOurCertificate =
  /ALERT_(BAD_CERTIFICATE|UNSUPPORTED_CERTIFICATE|CERTIFICATE_\w+|UNKNOWN_CA|ACCESS_DENIED)$/;

/** The longest list of a certificate's names that is told, in characters. */
const maxNamesLength = 200;

/**
 * The fault that an error of TLS is: of the handshake or behind it, where TLS 1.3 tells that a client certificate is
 * wanted. Without an address it speaks of "the server".
 */
export function tlsFault(address: TargetAddress | undefined, error: unknown): UpstreamFault {
  const code = codeOf(error);
  if (code === "ERR_TLS_CERT_ALTNAME_INVALID") {
    return wrongNameFault(address, error);
  }
  if (code === "ERR_SSL_TLSV1_ALERT_NO_APPLICATION_PROTOCOL") {
    return noAlpnFault(address);
  }
  const reason = reasons.get(code) ?? (alertOnOurCertificate.test(code) ? refusedCertificate : otherReason(code));
  return faultOf(address, reason);
}

/** Whether an error of a connection is one of TLS. */
export function isTlsError(error: unknown): boolean {
  return codeOf(error).startsWith("ERR_SSL_");
}

/** The fault that a server does not choose `h2` by ALPN, without which gRPC must not begin. */
export function noAlpnFault(address: TargetAddress | undefined): UpstreamFault {
  return faultOf(address, {
    kind: "no-alpn-h2",
    endedBy: "gateway",
    text: "does not choose HTTP/2 (h2) by ALPN; let the server, or the proxy before it, offer h2",
  });
}

function wrongNameFault(address: TargetAddress | undefined, error: unknown): UpstreamFault {
  const names = certificateNames(error);
  const text = `shows a certificate for other names${names === "" ? "" : ` (${names})`}; dial it by one of these, or set the server name of the target`;
  const fault = faultOf(address, { kind: "certificate-wrong-name", endedBy: "gateway", text });
  return { ...fault, parameters: { ...fault.parameters, names } };
}

/** The names in the certificate that Node.js leaves in its error: a stranger's text. */
function certificateNames(error: unknown): string {
  const cert = error instanceof Error && "cert" in error ? error.cert : undefined;
  const list = typeof cert === "object" && cert !== null && "subjectaltname" in cert ? cert.subjectaltname : undefined;
  const names =
    typeof list === "string" ? list.replaceAll(/DNS:|IP Address:/g, "").replaceAll(/[^\x20-\x7e]/g, "?") : "";
  return names.length > maxNamesLength ? `${names.slice(0, maxNamesLength)}…` : names;
}

function otherReason(code: string): TlsReason {
  const text = `could not be spoken to by TLS${code === "" ? "" : ` (${code})`}; check its certificate and its versions of TLS`;
  return { kind: "tls-failed", endedBy: "gateway", text };
}

function faultOf(address: TargetAddress | undefined, { kind, endedBy, text }: TlsReason): UpstreamFault {
  const where = address && formatTargetAddress(address);
  const fault = { code: Code.Unavailable, message: `${where ?? "the server"} ${text}`, endedBy, kind };
  return where === undefined ? fault : { ...fault, parameters: { address: where } };
}
