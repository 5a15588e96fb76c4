import { join } from "node:path";
import type { Subject } from "./subject.ts";

/** The servers that are measured. */
export interface Subjects {
  readonly switchboard: Subject;
  /** The product's engine with a stream that isn't paced; the tables call it as the product. */
  readonly engine: Subject;
  readonly bareHttp2: Subject;
  readonly bareHttp1: Subject;
  readonly stockHttp2: Subject;
  readonly stockHttp1: Subject;
  readonly grpcJs: Subject;
  /** grpcio with a pool of threads and on asyncio; empty where there is no Python with grpcio. */
  readonly python: readonly Subject[];
}

/** What the tables call the subjects. */
export const subjectNames = {
  switchboard: "switchboard",
  bareHttp2: "node:http2 bare",
  bareHttp1: "node:http bare",
  stock: "connectNodeAdapter",
  grpcJs: "@grpc/grpc-js",
  pythonThreads: "grpcio, 10 threads",
  pythonAsyncio: "grpcio, asyncio",
} as const;

/** What `createSubjects` needs. */
export interface SubjectsOptions {
  /** The folder of a store of articles. The servers that read it run one after the other. */
  readonly data: string;
  /** A Python that has grpcio and grpcio-tools; undefined where there is none. */
  readonly python: string | undefined;
}

const folder = join(import.meta.dirname, "subjects");
const productFile = join(import.meta.dirname, "../../../server/src/main.ts");

/** Names the program of each subject. All that are written in JavaScript run on the Node that runs this. */
export function createSubjects({ data, python }: SubjectsOptions): Subjects {
  const node = (file: string, ...args: string[]) => ({
    program: process.execPath,
    args: [join(folder, file), ...args],
  });
  const grpcio = (name: string, kind: string): readonly Subject[] =>
    python === undefined ? [] : [{ name, program: python, args: [join(folder, "grpcio-server.py"), kind] }];
  return {
    switchboard: {
      name: subjectNames.switchboard,
      program: process.execPath,
      args: [productFile, "--listen", "127.0.0.1:0", "--data", data],
    },
    engine: { name: subjectNames.switchboard, ...node("engine.ts") },
    bareHttp2: { name: subjectNames.bareHttp2, ...node("bare-http2.ts"), echoes: true },
    bareHttp1: { name: subjectNames.bareHttp1, ...node("bare-http1.ts") },
    stockHttp2: { name: subjectNames.stock, ...node("stock-adapter.ts", "h2c", data) },
    stockHttp1: { name: subjectNames.stock, ...node("stock-adapter.ts", "http1", data) },
    grpcJs: { name: subjectNames.grpcJs, ...node("grpc-js.ts") },
    python: [...grpcio(subjectNames.pythonThreads, "threads"), ...grpcio(subjectNames.pythonAsyncio, "asyncio")],
  };
}
