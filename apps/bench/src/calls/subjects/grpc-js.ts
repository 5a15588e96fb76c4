import { create, type DescMethod, fromBinary, type MessageShape, toBinary } from "@bufbuild/protobuf";
import {
  type handleBidiStreamingCall,
  type handleServerStreamingCall,
  type handleUnaryCall,
  type MethodDefinition,
  Server,
  ServerCredentials,
} from "@grpc/grpc-js";
import {
  demo,
  TestClientRecvStreamResponseSchema,
  TestTwoWayStreamResponseSchema,
} from "@switchboard/proto/gen/demo_pb.js";
import { Greeter, HelloReplySchema } from "@switchboard/proto/gen/greeter_pb.js";
import { announce } from "./listen.ts";
import { countOf, streamText } from "./unpaced-stream.ts";

// The same contracts on @grpc/grpc-js, without a log. Messages are those of protobuf-es, as in the other subjects.

/** Describes a method to grpc-js, with serializers made of its descriptor. */
function define<M extends DescMethod>(
  method: M,
): MethodDefinition<MessageShape<M["input"]>, MessageShape<M["output"]>> {
  const { input, output, methodKind }: DescMethod = method;
  return {
    path: `/${method.parent.typeName}/${method.name}`,
    requestStream: methodKind === "client_streaming" || methodKind === "bidi_streaming",
    responseStream: methodKind === "server_streaming" || methodKind === "bidi_streaming",
    requestSerialize: (message) => asBuffer(toBinary(input, message)),
    requestDeserialize: (bytes) => fromBinary<M["input"]>(input, bytes),
    responseSerialize: (message) => asBuffer(toBinary(output, message)),
    responseDeserialize: (bytes) => fromBinary<M["output"]>(output, bytes),
  };
}

function asBuffer({ buffer, byteOffset, byteLength }: Uint8Array): Buffer {
  return Buffer.from(buffer, byteOffset, byteLength);
}

type Unary<M extends DescMethod> = handleUnaryCall<MessageShape<M["input"]>, MessageShape<M["output"]>>;
type ServerStream<M extends DescMethod> = handleServerStreamingCall<
  MessageShape<M["input"]>,
  MessageShape<M["output"]>
>;
type Bidi<M extends DescMethod> = handleBidiStreamingCall<MessageShape<M["input"]>, MessageShape<M["output"]>>;

const sayHello: Unary<typeof Greeter.method.sayHello> = ({ request }, answer) => {
  answer(null, create(HelloReplySchema, { message: `Hello, ${request.name || "world"}!` }));
};

const testTwoWayStream: Bidi<typeof demo.method.testTwoWayStream> = (call) => {
  call.on("data", ({ data }) => {
    call.write(create(TestTwoWayStreamResponseSchema, { result: `service send client ${data}` }));
  });
  call.on("end", () => call.end());
};

const testClientRecvStream: ServerStream<typeof demo.method.testClientRecvStream> = (call) => {
  const count = countOf(call.request.data);
  let sent = 0;
  // As its documentation has it: no more is written than the client takes.
  const write = () => {
    while (sent < count) {
      sent++;
      if (!call.write(create(TestClientRecvStreamResponseSchema, { result: streamText }))) {
        call.once("drain", write);
        return;
      }
    }
    call.end();
  };
  write();
};

const server = new Server();
server.addService({ sayHello: define(Greeter.method.sayHello) }, { sayHello });
server.addService(
  {
    testTwoWayStream: define(demo.method.testTwoWayStream),
    testClientRecvStream: define(demo.method.testClientRecvStream),
  },
  { testTwoWayStream, testClientRecvStream },
);
server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, port) => {
  if (error !== null) {
    throw error;
  }
  announce(port);
});
