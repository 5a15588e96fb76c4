import {
  type handleBidiStreamingCall,
  type handleClientStreamingCall,
  type handleServerStreamingCall,
  type handleUnaryCall,
  Metadata,
  Server,
  ServerCredentials,
  type ServiceDefinition,
  status,
} from "@grpc/grpc-js";
import { loadSync } from "@grpc/proto-loader";
import { ReflectionService } from "@grpc/reflection";
import { type HarbourServer, harbourProtos, type RunningHarbour } from "./harbour-server.ts";

interface Ship {
  readonly name?: string;
  /** A 64-bit integer in decimal. */
  readonly load_grams?: string;
  readonly kind?: string;
  readonly build_time?: { readonly seconds: string };
}

/** @grpc/grpc-js with @grpc/reflection, in this process. It needs nothing but Node. */
export const grpcJsHarbour: HarbourServer = {
  name: "@grpc/grpc-js",
  prepare: async () => start,
};

function shipOf(name: string): Ship {
  const seconds = String(Date.UTC(2030, 9, 10) / 1000);
  return { name, load_grams: "9007199254740993", kind: "KIND_TANKER", build_time: { seconds } };
}

const getShip: handleUnaryCall<{ name: string }, { ship: Ship }> = (call, answer) => {
  const { name } = call.request;
  if (name === "") {
    answer({ code: status.INVALID_ARGUMENT, details: "100% of ships have a name, même ici" });
    return;
  }
  const header = new Metadata();
  for (const berth of call.metadata.get("x-berth")) {
    header.add("x-berth", berth);
  }
  call.sendMetadata(header);
  const trailer = new Metadata();
  trailer.set("x-pilot-bin", Buffer.of(0, 255, 127));
  answer(null, { ship: shipOf(name) }, trailer);
};

const watchShips: handleServerStreamingCall<{ count: number }, { ship: Ship }> = (call) => {
  for (let n = 0; n < call.request.count; n++) {
    call.write({ ship: shipOf(`ship ${n}`) });
  }
  call.end();
};

const weighShips: handleClientStreamingCall<{ ship: Ship | null }, { load_grams: string }> = (call, answer) => {
  let load = 0n;
  call.on("data", ({ ship }) => {
    load += BigInt(ship?.load_grams ?? 0);
  });
  call.on("end", () => answer(null, { load_grams: String(load) }));
};

const hail: handleBidiStreamingCall<{ text: string }, { text: string }> = (call) => {
  call.on("data", ({ text }) => call.write({ text: `you said ${text}` }));
  call.on("end", () => call.end());
};

async function start(): Promise<RunningHarbour> {
  const options = { includeDirs: [harbourProtos], keepCase: true, longs: String, enums: String, defaults: true };
  const definition = loadSync("harbour/v1/harbour_service.proto", options);
  const server = new Server();
  // The loader doesn't tell services from messages by their types.
  server.addService(definition["harbour.v1.HarbourService"] as ServiceDefinition, {
    GetShip: getShip,
    WatchShips: watchShips,
    WeighShips: weighShips,
    Hail: hail,
  });
  new ReflectionService(definition).addToServer(server);
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, port) =>
    error === null ? resolve(port) : reject(error),
  );
  return { address: `127.0.0.1:${await promise}`, [Symbol.asyncDispose]: async () => server.forceShutdown() };
}
