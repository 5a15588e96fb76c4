import type { Suite } from "./prepare-suite.ts";

/** A program that the suite is run against, and how its run is parted. */
export interface Setup {
  /** The word for it on the command line. */
  readonly name: string;
  /** A file in `features`: what is there to be tried. */
  readonly features: string;
  /** Whether the program is a server for the suite's clients, or a client for its servers. */
  readonly mode: "server" | "client";
  /** The arguments of `server.ts` or `client.ts` behind the descriptors. */
  readonly args: readonly string[];
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

/**
 * HTTP 431 stands for INTERNAL since gRPC's table has it; the suite is older than that
 * (https://github.com/grpc/grpc/blob/master/doc/http-grpc-status-mapping.md).
 */
const status431 = ["--skip", "HTTP to RPC Code Mapping/**/request-header-fields-too-large"];

/** Lists the setups: the product's engine by itself, then its gateway between the suite's clients and servers. */
export function listSetups({ grpcGo, connectGo }: Suite): readonly Setup[] {
  const server = { mode: "server", args: [], flags: [], parts: parted } as const;
  const gateway = { ...server, flags: fewServers, parts: [gatewayRest] } as const;
  const client = { mode: "client", flags: status431, parts: [[]] } as const;
  return [
    { ...server, name: "server", features: "server.yaml" },
    {
      ...gateway,
      name: "gateway-grpc-go",
      features: "gateway-grpc-go.yaml",
      args: ["--gateway", "--program", grpcGo],
      flags: [...fewServers, ...grpcGoCardinality],
      parts: [gatewayLong, gatewayRest],
    },
    {
      ...gateway,
      name: "gateway-http1",
      features: "gateway-http1.yaml",
      args: ["--gateway", "--program", connectGo, "--http", "1"],
      parts: [gatewayLong, gatewayRest],
    },
    {
      ...gateway,
      name: "gateway-connect-go",
      features: "gateway-all.yaml",
      args: ["--gateway", "--program", connectGo],
    },
    { ...gateway, name: "gateway-engine", features: "gateway-all.yaml", args: ["--gateway"] },
    { ...client, name: "websocket-client", features: "client-grpc.yaml", args: ["websocket"] },
    { ...client, name: "web-client", features: "client-grpc-unary.yaml", args: ["grpc-web"] },
    { ...client, name: "websocket-client-http1", features: "client-http1.yaml", args: ["websocket"] },
    { ...client, name: "web-client-http1", features: "client-http1.yaml", args: ["grpc-web"] },
  ];
}
