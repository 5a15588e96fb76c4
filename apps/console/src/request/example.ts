import type { DescField, DescMessage, DescMethod } from "@bufbuild/protobuf";
import { ScalarType } from "@bufbuild/protobuf";

type Example = null | boolean | number | string | readonly Example[] | { readonly [key: string]: Example };

/** What the built-in methods are filled with: the messages, in their order. */
const handPicked: ReadonlyMap<string, readonly Example[]> = new Map<string, readonly Example[]>([
  ["Greeter/SayHello", [{ name: "Ada" }]],
  ["Greeter/Test", [{ name: "Ada" }]],
  ["ArticleService/ArticleList", [{ page: 1, pageSize: 10 }]],
  ["ArticleService/ArticleDetail", [{ pk: 100 }]],
  ["ArticleService/ArticleCreate", [{ title: "A new article", content: "Written by hand." }]],
  ["Authorize/GetGpuNum", [{ word: "hello" }]],
  ["test.demo/hellojlc", [{ name: "Ada", age: 36, number: { friend: { name: "Charles", age: 60, isActive: true } } }]],
  ["test.demo/TestClientRecvStream", [{ data: "tick" }]],
  ["test.demo/TestClientSendStream", [{ data: "one" }, { data: "two" }, { data: "three" }]],
  ["test.demo/TestTwoWayStream", [{ data: "hello" }]],
  ["example.TestService/method", [{ request1: "java-request1", request2: "anything" }]],
  ["grpc.health.v1.Health/Check", [{ service: "" }]],
  ["grpc.health.v1.Health/Watch", [{ service: "" }]],
  ["grpc.reflection.v1.ServerReflection/ServerReflectionInfo", [{ listServices: "" }]],
]);

/**
 * A request that works as it stands: JSON text with one message, or with several one after the other where the method
 * reads a stream. Methods of other servers get one made from their schema, with every field once.
 */
export function exampleFor(method: DescMethod): string {
  const messages = handPicked.get(`${method.parent.typeName}/${method.name}`) ?? [messageExample(method.input, [])];
  return messages.map((message) => JSON.stringify(message, null, 2)).join("\n");
}

/** Messages within messages are filled so deep; below, they are empty. */
const maxDepth = 4;

const wellKnown: ReadonlyMap<string, Example> = new Map<string, Example>([
  ["google.protobuf.Any", {}],
  ["google.protobuf.BoolValue", false],
  ["google.protobuf.BytesValue", ""],
  ["google.protobuf.DoubleValue", 0],
  ["google.protobuf.Duration", "1s"],
  ["google.protobuf.FieldMask", ""],
  ["google.protobuf.FloatValue", 0],
  ["google.protobuf.Int32Value", 0],
  ["google.protobuf.Int64Value", "0"],
  ["google.protobuf.ListValue", []],
  ["google.protobuf.StringValue", ""],
  ["google.protobuf.Struct", {}],
  ["google.protobuf.Timestamp", "2030-10-10T00:00:00Z"],
  ["google.protobuf.UInt32Value", 0],
  ["google.protobuf.UInt64Value", "0"],
  ["google.protobuf.Value", null],
]);

function messageExample(desc: DescMessage, path: readonly DescMessage[]): Example {
  const form = wellKnown.get(desc.typeName);
  if (form !== undefined) {
    return form;
  }
  if (path.length >= maxDepth) {
    return {};
  }
  const entries: [string, Example][] = [];
  const inner = [...path, desc];
  for (const field of desc.fields) {
    // Of a oneof the first member stands for all; a type within itself would never end.
    const isOther = field.oneof !== undefined && field.oneof.fields[0] !== field;
    const isRecursive = field.message !== undefined && inner.includes(field.message);
    if (!isOther && !isRecursive) {
      entries.push([field.jsonName, fieldExample(field, inner)]);
    }
  }
  return Object.fromEntries(entries);
}

function fieldExample(field: DescField, path: readonly DescMessage[]): Example {
  switch (field.fieldKind) {
    case "list":
      return [itemExample(field, path)];
    case "map":
      return {
        [field.mapKey === ScalarType.STRING ? "key" : String(scalarExample(field.mapKey))]: itemExample(field, path),
      };
    case "scalar":
    case "enum":
    case "message":
      return itemExample(field, path);
  }
}

function itemExample(field: DescField, path: readonly DescMessage[]): Example {
  if (field.message !== undefined) {
    return messageExample(field.message, path);
  }
  if (field.enum !== undefined) {
    // The first value mostly says "unspecified".
    return (field.enum.values[1] ?? field.enum.values[0])?.name ?? 0;
  }
  return field.scalar === undefined ? null : scalarExample(field.scalar);
}

function scalarExample(type: ScalarType): Example {
  switch (type) {
    case ScalarType.BOOL:
      return false;
    case ScalarType.STRING:
    case ScalarType.BYTES:
      return "";
    case ScalarType.INT64:
    case ScalarType.SINT64:
    case ScalarType.SFIXED64:
    case ScalarType.UINT64:
    case ScalarType.FIXED64:
      return "0";
    default:
      return 0;
  }
}
