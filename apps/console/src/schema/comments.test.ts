import { readFileSync } from "node:fs";
import { create, toBinary } from "@bufbuild/protobuf";
import { FileDescriptorSetSchema } from "@bufbuild/protobuf/wkt";
import { demo, hellojlcReqSchema } from "@switchboard/proto/gen/demo_pb.js";
import { Greeter } from "@switchboard/proto/gen/greeter_pb.js";
import { Health } from "@switchboard/proto/gen/grpc/health/v1/health_pb.js";
import { describe, expect, it } from "vitest";
import { readLocalComments } from "./read-local-comments.ts";
import { serviceGroups } from "./service-catalog.ts";

const descriptorSet = readFileSync(new URL("../../../../proto/gen/descriptors.binpb", import.meta.url));

describe("createCommentIndex()", () => {
  const index = readLocalComments(descriptorSet);

  it("finds the comments of a service, a method, a message and a field", () => {
    expect(index.commentOf(Greeter)).toBe("Says hello. The smallest possible service, and the first one to try.");
    expect(index.commentOf(Greeter.method.sayHello)).toContain("Answers `Hello, <name>!`");
    expect(index.commentOf(hellojlcReqSchema)).toBe("A person, and more people by name.");
    expect(index.commentOf(hellojlcReqSchema.field.age)).toBe("Their age in years.");
  });

  it("finds the comment of a nested message", () => {
    const nested = hellojlcReqSchema.nestedMessages.find(({ name }) => name === "hellojlcReqNumberValue");
    expect(nested && index.commentOf(nested)).toBe("A person in the map.");
  });

  it("has a comment for every method of the built-in services", () => {
    const methods = serviceGroups.flatMap(({ services }) => services.flatMap((service) => service.methods));
    expect(methods.filter((method) => index.commentOf(method) === undefined)).toEqual([]);
  });

  it("answers undefined where there is no comment", () => {
    const bare = readLocalComments(toBinary(FileDescriptorSetSchema, create(FileDescriptorSetSchema)));
    expect(bare.commentOf(demo)).toBeUndefined();
    expect(bare.commentOf(Health)).toBeUndefined();
  });

  it("keeps markup as the text it is", () => {
    const set = create(FileDescriptorSetSchema, {
      file: [
        {
          name: Greeter.file.proto.name,
          service: [{ name: "Greeter" }],
          sourceCodeInfo: {
            location: [{ path: [6, 0], leadingComments: " <img src=x onerror=alert(1)>\n second line\n" }],
          },
        },
      ],
    });
    const evil = readLocalComments(toBinary(FileDescriptorSetSchema, set));
    expect(evil.commentOf(Greeter)).toBe("<img src=x onerror=alert(1)>\nsecond line");
  });
});
