import type { ArticleListResponse } from "@switchboard/proto/gen/article_pb.js";
import type { Case } from "../case.ts";
import type { H2load, Load } from "../h2load.ts";
import type { Subjects } from "../subjects.ts";
import { articlePage, jsonGreeting, longGreeting, smallGreeting } from "../workloads.ts";
import { createLoadCase } from "./load-case.ts";

/** What the cases of unary calls are called, where a target names them. */
export const unaryNames = {
  grpcSmall: "gRPC, small",
  json: "Connect JSON over HTTP/1.1, small",
} as const;

const time = { warmUpMs: 1_000, durationMs: 1_000 };
const shortTime = { warmUpMs: 300, durationMs: 700 };

/** 256 calls in flight. */
const overHttp2: Load = { connections: 8, streams: 32, ...time };

/** Long enough for a subject that answers a few hundred calls a second. */
const slow: Load = { connections: 8, streams: 32, warmUpMs: 2_000, durationMs: 3_000 };
const overHttp1: Load = { connections: 256, streams: 1, ...time };

/** The longer the message, the fewer calls fill a core. */
const sizes = [
  { size: "1 KiB", bytes: 1024, load: { ...overHttp2, ...shortTime } },
  { size: "100 KiB", bytes: 102_400, load: { connections: 4, streams: 8, ...shortTime } },
  { size: "1 MiB", bytes: 1_048_576, load: { connections: 4, streams: 1, ...shortTime } },
];

/** What `createUnaryCases` needs. */
export interface UnaryCasesOptions {
  readonly h2load: H2load;
  readonly subjects: Subjects;
  /** The first page of the store that the subjects read. */
  readonly firstPage: ArticleListResponse;
}

/** Creates the cases in which each call has one message each way. */
export function createUnaryCases({ h2load, subjects, firstPage }: UnaryCasesOptions): readonly Case[] {
  const { switchboard, bareHttp2, bareHttp1, stockHttp2, stockHttp1, grpcJs, python } = subjects;
  const speakGrpc = [switchboard, bareHttp2, stockHttp2, grpcJs, ...python];
  return [
    createLoadCase(h2load, {
      name: "unary-small",
      title: "Greeter.SayHello, a few bytes, 256 in flight",
      subjects: speakGrpc,
      steps: [{ what: unaryNames.grpcSmall, transport: "h2c", workload: smallGreeting("grpc"), load: overHttp2 }],
    }),
    createLoadCase(h2load, {
      name: "unary-sizes",
      title: "Greeter.SayHello with a long name, which comes back; 256, 32 and 4 in flight",
      subjects: speakGrpc,
      maxRounds: 3,
      steps: sizes.map(({ size, bytes, load }) => ({
        what: `gRPC, ${size}`,
        transport: "h2c",
        workload: longGreeting("grpc", bytes),
        load,
      })),
    }),
    createLoadCase(h2load, {
      name: "web-small",
      title: "the same as unary-small over gRPC-Web",
      subjects: [switchboard, stockHttp2],
      maxRounds: 3,
      steps: [{ what: "gRPC-Web, small", transport: "h2c", workload: smallGreeting("grpc-web"), load: overHttp2 }],
    }),
    createLoadCase(h2load, {
      name: "web-http1",
      title: "the same as unary-small over gRPC-Web and HTTP/1.1, kept alive",
      subjects: [switchboard, stockHttp1],
      maxRounds: 3,
      steps: [
        {
          what: "gRPC-Web over HTTP/1.1, small",
          transport: "http1",
          workload: smallGreeting("grpc-web"),
          load: overHttp1,
        },
      ],
    }),
    createLoadCase(h2load, {
      name: "web-sizes",
      title: "the same as unary-sizes over gRPC-Web",
      subjects: [switchboard, stockHttp2],
      maxRounds: 3,
      steps: sizes.map(({ size, bytes, load }) => ({
        what: `gRPC-Web, ${size}`,
        transport: "h2c",
        workload: longGreeting("grpc-web", bytes),
        load,
      })),
    }),
    createLoadCase(h2load, {
      name: "json",
      title: "Greeter.SayHello as Connect JSON over HTTP/1.1, 256 connections that are kept alive",
      subjects: [switchboard, bareHttp1, stockHttp1],
      steps: [{ what: unaryNames.json, transport: "http1", workload: jsonGreeting(), load: overHttp1 }],
    }),
    createLoadCase(h2load, {
      name: "articles",
      title: "ArticleService.ArticleList, the first ten of a store in SQLite, 256 in flight",
      subjects: [switchboard, stockHttp2],
      maxRounds: 3,
      steps: [{ what: "gRPC, ten articles", transport: "h2c", workload: articlePage(firstPage), load: slow }],
    }),
  ];
}
