import { join } from "node:path";
import type { Subject, SubjectPlace } from "../calls/subject.ts";
import { subjectNames } from "../calls/subjects.ts";
import { envoyConfig } from "./envoy-config.ts";
import { gatewayNames } from "./gateway-names.ts";
import type { Rivals } from "./prepare-rivals.ts";

/** A server that is called, and where its methods stand. */
export interface Contender {
  readonly subject: Subject;
  /** What stands before `/<Service>/<Method>`; empty for nothing. */
  readonly prefix: string;
}

/** Who carries calls to an upstream. */
export interface Contenders {
  readonly switchboard: Contender;
  /** What a gateway without any feature takes. */
  readonly forwarder: Contender;
  /** Those of other projects that can be had on this machine. */
  readonly rivals: readonly Contender[];
}

/** What `createContenders` needs. */
export interface ContendersOptions {
  readonly rivals: Rivals;
  /** An empty folder for Switchboard's data. */
  readonly data: string;
}

const folder = import.meta.dirname;
const productFile = join(folder, "../../../server/src/main.ts");
const targetName = "upstream";

/** Names a program that is written for these benchmarks, by its file in `subjects`. */
export function nodeSubject(name: string, file: string): Subject {
  return { name, program: process.execPath, args: [join(folder, "subjects", file)] };
}

/** Names the program of each contender, all with the same upstream behind them. */
export function createContenders({ rivals, data }: ContendersOptions, upstream: Subject): Contenders {
  const switchboard: Subject = {
    name: subjectNames.switchboard,
    program: process.execPath,
    args: [productFile, "--listen", "127.0.0.1:0", "--data", data],
    upstream,
    argsAt: (place) => ["--target", `${targetName}=${place.upstream}`],
  };
  const forwarder: Subject = {
    ...nodeSubject(gatewayNames.forwarder, "forwarder.ts"),
    upstream,
    argsAt: (place) => [place.upstream],
  };
  return {
    switchboard: { subject: switchboard, prefix: `/gateway/${targetName}` },
    forwarder: { subject: forwarder, prefix: "" },
    rivals: [
      ...silent(gatewayNames.grpcwebproxy, rivals.grpcwebproxy, upstream, grpcwebproxyArgs),
      ...silent(gatewayNames.envoy, rivals.envoy, upstream, envoyArgs),
    ],
  };
}

function silent(
  name: string,
  program: string | undefined,
  upstream: Subject,
  argsAt: (place: SubjectPlace) => readonly string[],
): readonly Contender[] {
  return program === undefined
    ? []
    : [{ subject: { name, program, args: [], upstream, argsAt, isSilent: true }, prefix: "" }];
}

function grpcwebproxyArgs({ port, upstream }: SubjectPlace): readonly string[] {
  return [
    `--backend_addr=${new URL(upstream).host}`,
    "--run_tls_server=false",
    "--allow_all_origins",
    "--server_bind_address=127.0.0.1",
    `--server_http_debug_port=${port}`,
    // Its own default cuts a stream off after ten seconds.
    "--server_http_max_write_timeout=1h",
    "--server_http_max_read_timeout=1h",
  ];
}

function envoyArgs(place: SubjectPlace): readonly string[] {
  const limits = ["--concurrency", "1", "--log-level", "error", "--disable-hot-restart"];
  return ["--config-yaml", JSON.stringify(envoyConfig(place)), ...limits];
}
