import { type FlagRules, flagsOf } from "./read-flags.ts";

/** A program whose command lines are understood. */
export type Tool = "grpcurl" | "buf-curl" | "curl";

/** The flags of each program: grpcurl 1.9 (`grpcurl -help`), buf 1.50 (`buf curl --help`), curl 8 (`curl --help all`). */
export const toolFlags: Readonly<Record<Tool, FlagRules>> = {
  grpcurl: {
    style: "go",
    flags: new Map([
      ...flagsOf("data", { values: "d" }),
      ...flagsOf("header", { values: "H rpc-header" }),
      ...flagsOf("reflectHeader", { values: "reflect-header" }),
      ...flagsOf("deadline", { values: "max-time" }),
      ...flagsOf("format", { values: "format" }),
      ...flagsOf("target", {
        values:
          "cacert cert key authority servername connect-timeout keepalive-time max-msg-sz alts-handshaker-service alts-target-service-account",
        switches: "plaintext insecure unix alts",
      }),
      ...flagsOf("userAgent", { values: "user-agent" }),
      ...flagsOf("schema", {
        values: "proto import-path protoset reflection",
        switches: "use-reflection allow-unknown-fields",
      }),
      ...flagsOf("output", {
        values: "protoset-out proto-out-dir",
        switches: "v vv emit-defaults format-error msg-template expand-headers version help",
      }),
    ]),
  },
  "buf-curl": {
    style: "gnu",
    flags: new Map([
      ...flagsOf("data", { values: "d data" }),
      ...flagsOf("header", { values: "H header" }),
      ...flagsOf("reflectHeader", { values: "reflect-header" }),
      ...flagsOf("deadline", { values: "timeout max-time m" }),
      ...flagsOf("protocol", { values: "protocol" }),
      ...flagsOf("user", { values: "u user" }),
      ...flagsOf("userAgent", { values: "A user-agent" }),
      ...flagsOf("target", {
        values: "cacert E cert key servername unix-socket connect-timeout keepalive-time netrc-file",
        switches: "k insecure http2-prior-knowledge http3 no-keepalive n netrc",
      }),
      ...flagsOf("schema", { values: "schema reflect-protocol", switches: "reflect" }),
      ...flagsOf("output", { values: "o output log-format", switches: "v verbose emit-defaults debug h help" }),
      ...flagsOf("list", { switches: "list-methods list-services" }),
    ]),
  },
  curl: {
    style: "gnu",
    flags: new Map([
      ...flagsOf("data", { values: "d data data-raw data-ascii data-binary" }),
      ...flagsOf("encodedData", { values: "data-urlencode" }),
      ...flagsOf("json", { values: "json" }),
      ...flagsOf("header", { values: "H header" }),
      ...flagsOf("deadline", { values: "m max-time" }),
      ...flagsOf("user", { values: "u user" }),
      ...flagsOf("userAgent", { values: "A user-agent b cookie e referer" }),
      ...flagsOf("url", { values: "url" }),
      ...flagsOf("get", { switches: "G get" }),
      ...flagsOf("target", {
        values: "x proxy cacert E cert key connect-timeout unix-socket resolve connect-to retry",
        switches:
          "k insecure http1.1 http2 http2-prior-knowledge http3 tlsv1.2 tlsv1.3 4 6 ipv4 ipv6 L location N no-buffer",
      }),
      ...flagsOf("output", {
        values: "o output w write-out D dump-header X request",
        switches: "s silent S show-error v verbose i include f fail fail-with-body compressed O g globoff",
      }),
    ]),
  },
};
