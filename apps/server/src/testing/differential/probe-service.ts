import { create, createFileRegistry } from "@bufbuild/protobuf";
import type { GenService } from "@bufbuild/protobuf/codegenv2";
import { FileDescriptorProtoSchema, MethodOptions_IdempotencyLevel } from "@bufbuild/protobuf/wkt";
import { file_demo, type hellojlcReqSchema } from "@switchboard/proto/gen/demo_pb.js";

interface MethodShape<K extends string> {
  input: typeof hellojlcReqSchema;
  output: typeof hellojlcReqSchema;
  methodKind: K;
}

/** The types of the probe service, as generated code would have them. */
export type ProbeService = GenService<{
  unary: MethodShape<"unary">;
  pure: MethodShape<"unary">;
  serverStream: MethodShape<"server_streaming">;
  clientStream: MethodShape<"client_streaming">;
  bidi: MethodShape<"bidi_streaming">;
}>;

/** The name of a method, as its path ends. */
export type ProbeMethod = "Unary" | "Pure" | "ServerStream" | "ClientStream" | "Bidi";

const typeName = "differential.v1.Probe";

/**
 * The service that both sides answer: one method of each kind, and `Pure`, a unary one without side effects, which
 * Connect's GET may call. All take and give the message with the most kinds of fields among the generated ones.
 */
export const probeService = createProbeService();

/** The path of a method. */
export function probePath(method: ProbeMethod): string {
  return `/${typeName}/${method}`;
}

function createProbeService(): ProbeService {
  const message = { inputType: ".test.hellojlcReq", outputType: ".test.hellojlcReq" };
  const file = create(FileDescriptorProtoSchema, {
    name: "differential/v1/probe.proto",
    package: "differential.v1",
    syntax: "proto3",
    dependency: ["demo.proto"],
    service: [
      {
        name: "Probe",
        method: [
          { name: "Unary", ...message },
          {
            name: "Pure",
            ...message,
            options: { idempotencyLevel: MethodOptions_IdempotencyLevel.NO_SIDE_EFFECTS },
          },
          { name: "ServerStream", ...message, serverStreaming: true },
          { name: "ClientStream", ...message, clientStreaming: true },
          { name: "Bidi", ...message, clientStreaming: true, serverStreaming: true },
        ],
      },
    ],
  });
  const service = createFileRegistry(file, () => file_demo).getService(typeName);
  // The registry made it of the descriptor above, with the messages of the generated file.
  return service as unknown as ProbeService;
}
