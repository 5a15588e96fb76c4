import type { Suite } from "./prepare-suite.ts";

/** A server that the suite is run against, and how its run is parted. */
export interface Setup {
  /** The word for it on the command line. */
  readonly name: string;
  /** A file in `features`: what is there to be tried. */
  readonly features: string;
  /** The arguments of `server.ts`, without the descriptors. */
  readonly server: readonly string[];
  /** Flags of the runner that hold for every part. */
  readonly flags: readonly string[];
  /** The flags of each part, in the runner's own words. */
  readonly parts: readonly (readonly string[])[];
}

/**
 * The runner compares long messages byte by byte on a single core, which takes longer than all the rest, so a suite that
 * has many of them is parted.
 */
const long = "Server Message Size";
const parted = [
  ["--run", `${long}/HTTPVersion:2/Protocol:PROTOCOL_GRPC/**`],
  ["--run", `${long}/HTTPVersion:2/**`, "--skip", `${long}/HTTPVersion:2/Protocol:PROTOCOL_GRPC/**`],
  ["--run", `${long}/HTTPVersion:1/**`],
  ["--skip", `${long}/**`],
];

/** Long messages without compression tell as much of a gateway, which decodes none of them, as all of them do. */
const gatewayLong = ["--run", `${long}/*/*/Compression:COMPRESSION_IDENTITY/**`];
const gatewayRest = ["--skip", `${long}/**`];

/** The runner gives each server ten seconds to start, and a gateway is two processes: a busy machine starts few at a time. */
const fewServers = ["--max-servers", "2"];

/**
 * A unary or server-streaming call without a request, or with two: grpc-go answers it otherwise than the suite has it, by
 * the suite's own list of what it fails without any gateway.
 */
const grpcGoCardinality = [
  "**/unary/multiple-requests",
  "**/unary/no-request",
  "**/server-stream/multiple-requests",
  "**/server-stream/no-request",
].flatMap((pattern) => ["--skip", pattern]);

/** Lists the setups: the product's engine by itself, and Switchboard's gateway before servers of several kinds. */
export function listSetups({ grpcGo, connectGo }: Suite): readonly Setup[] {
  const gateway = { flags: fewServers, parts: [gatewayLong, gatewayRest] };
  return [
    { name: "server", features: "server.yaml", server: [], flags: [], parts: parted },
    {
      ...gateway,
      name: "gateway-grpc-go",
      features: "gateway-grpc-go.yaml",
      server: ["--gateway", "--program", grpcGo],
      flags: [...fewServers, ...grpcGoCardinality],
    },
    {
      ...gateway,
      name: "gateway-http1",
      features: "gateway-http1.yaml",
      server: ["--gateway", "--program", connectGo, "--http", "1"],
    },
    {
      ...gateway,
      name: "gateway-connect-go",
      features: "gateway-all.yaml",
      server: ["--gateway", "--program", connectGo],
      parts: [gatewayRest],
    },
    {
      ...gateway,
      name: "gateway-engine",
      features: "gateway-all.yaml",
      server: ["--gateway"],
      parts: [gatewayRest],
    },
  ];
}
