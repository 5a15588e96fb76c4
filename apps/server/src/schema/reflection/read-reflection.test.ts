import { Code, ConnectError } from "@connectrpc/connect";
import { afterEach, describe, expect, test } from "vitest";
import { fileBytes, messageField, serviceInit } from "../../testing/schema-fixtures.ts";
import { honest, type Script, startReflectionServer } from "../../testing/start-reflection-server.ts";
import { readReflection } from "./read-reflection.ts";
import { defaultReflectionLimits, type ReflectionLimits } from "./reflection-limits.ts";

const servers: AsyncDisposable[] = [];
const { signal } = new AbortController();

afterEach(async () => {
  for (const server of servers.splice(0)) {
    await server[Symbol.asyncDispose]();
  }
});

/** Starts a server of scripts and reads its schema. */
async function read(
  scripts: { v1?: Script; v1alpha?: Script },
  {
    limits = {},
    duplex = "full" as "full" | "half",
  }: { limits?: Partial<ReflectionLimits>; duplex?: "full" | "half" } = {},
) {
  const server = await startReflectionServer(scripts);
  servers.push(server);
  const connection = { transport: server.transport, duplex };
  const schema = await readReflection(connection, { signal, limits: { ...defaultReflectionLimits, ...limits } });
  return { ...schema, server };
}

const files = [
  {
    name: "a.proto",
    package: "a",
    dependency: ["b.proto"],
    messageType: [{ name: "A", field: [messageField("b", 1, ".b.B")] }],
    service: [serviceInit("S", ".a.A")],
  },
  { name: "b.proto", package: "b", messageType: [{ name: "B" }] },
];
const truth = honest(files, ["a.S"]);

function fail(code: Code, message = "no"): Script {
  return () => {
    throw new ConnectError(message, code);
  };
}

describe("readReflection() by versions", () => {
  test("reads by v1", async () => {
    const { version, services, files: bytes, problem, server } = await read({ v1: truth, v1alpha: truth });
    expect({ version, services, problem }).toEqual({ version: "v1", services: ["a.S"], problem: "" });
    expect(bytes).toEqual(files.map((file) => new Uint8Array(fileBytes(file))));
    expect(server.log).toEqual(["v1 #1 listServices *", "v1 #1 fileContainingSymbol a.S"]);
  });

  test.each([Code.Unimplemented, Code.Unavailable, Code.Unknown])(
    "reads by v1alpha where v1 ends with code %d",
    async (code) => {
      const { version, services, problem } = await read({ v1: fail(code), v1alpha: truth });
      expect({ version, services, problem }).toEqual({ version: "v1alpha", services: ["a.S"], problem: "" });
    },
  );

  test("reads by v1alpha where nobody has v1", async () => {
    expect(await read({ v1alpha: truth })).toMatchObject({ version: "v1alpha", problem: "" });
  });

  test("reads by v1alpha where v1 closes the stream", async () => {
    expect(await read({ v1: () => "end", v1alpha: truth })).toMatchObject({ version: "v1alpha", problem: "" });
  });

  test("reads by v1alpha where v1 answers that it is unimplemented", async () => {
    const refusal = { case: "errorResponse", value: { errorCode: Code.Unimplemented, errorMessage: "old" } } as const;
    expect(await read({ v1: () => refusal, v1alpha: truth })).toMatchObject({ version: "v1alpha", problem: "" });
  });

  test("says that there is no reflection where there is none", async () => {
    const { version, problem, files: none } = await read({});
    expect({ version, none }).toEqual({ version: "", none: [] });
    expect(problem).toMatch(
      /^the target has no reflection, neither v1 nor v1alpha \(Unimplemented: .*\); add its \.proto files or a descriptor set as a source$/,
    );
  });

  test.each([Code.Unauthenticated, Code.PermissionDenied])(
    "asks for metadata where a target refuses with code %d",
    async (code) => {
      const { problem } = await read({ v1: fail(code, "who are you"), v1alpha: truth });
      expect(problem).toBe(
        `the target wants other credentials before it tells its schema (${Code[code]}: "who are you"); set the metadata for reflection in the target's settings`,
      );
    },
  );

  test("tells the refusal of either version before the absence of the other", async () => {
    expect((await read({ v1alpha: fail(Code.Unauthenticated) })).problem).toContain("other credentials");
  });

  test("tells a failure as it is", async () => {
    expect((await read({ v1: fail(Code.DataLoss, "oops") })).problem).toBe(
      'the target\'s reflection failed (DataLoss: "oops"); try again, or add its .proto files or a descriptor set as a source',
    );
  });
});

describe("readReflection() of files", () => {
  test("asks for imports that weren't sent", async () => {
    const script: Script = (question) => truth.answer(question, { withImports: false });
    const { files: bytes, server } = await read({ v1: script });
    expect(bytes).toHaveLength(2);
    expect(server.log.at(-1)).toBe("v1 #1 fileByFilename b.proto");
  });

  test("asks for types where no imports are told", async () => {
    const bare = honest(
      files.map(({ dependency: _, ...file }) => file),
      ["a.S"],
    );
    const { files: bytes, server } = await read({ v1: bare });
    expect(bytes).toHaveLength(2);
    expect(server.log.at(-1)).toBe("v1 #1 fileContainingSymbol b.B");
  });

  test("keeps the reason where a listed service isn't described", async () => {
    const { services, reasons } = await read({ v1: honest(files, ["a.S", "ghost.G"]) });
    expect(services).toEqual(["a.S", "ghost.G"]);
    expect([...reasons]).toEqual([
      [
        "ghost.G",
        'the target lists it, but doesn\'t describe it (NotFound: "this server knows no symbol \\"ghost.G\\"")',
      ],
    ]);
  });

  test("keeps the reason where something else is sent for a service", async () => {
    const script: Script = (question) =>
      question.case === "fileContainingSymbol"
        ? truth.answer({ case: "fileByFilename", value: "b.proto" })
        : truth(question);
    const { reasons } = await read({ v1: script });
    expect([...reasons.keys()]).toEqual(["a.S"]);
  });

  test("asks once for an import that nobody has", async () => {
    const lacking = honest(files.slice(0, 1), ["a.S"]);
    const { server, files: bytes } = await read({ v1: lacking });
    expect(bytes).toHaveLength(1);
    expect(server.log.slice(2)).toEqual(["v1 #1 fileByFilename b.proto", "v1 #1 fileContainingSymbol b.B"]);
  });

  test("notes that one name came with different content", async () => {
    const script: Script = (question) =>
      question.case === "fileContainingSymbol"
        ? {
            case: "fileDescriptorResponse",
            value: {
              fileDescriptorProto: [
                fileBytes(files[0] ?? {}),
                fileBytes({ name: "a.proto", package: "other", messageType: [{ name: "O" }] }),
              ],
            },
          }
        : truth(question);
    const { notes } = await read({ v1: script });
    expect(notes).toEqual([
      '"a.proto" came with different content in one reading; servers of different builds may share the target\'s address',
    ]);
  });
});

describe("readReflection() of streams that break", () => {
  test("asks everything afresh on another stream", async () => {
    const script: Script = (question, { stream }) => {
      if (stream === 1 && question.case !== "listServices") {
        throw new ConnectError("gone", Code.Unavailable);
      }
      return truth(question);
    };
    const { version, files: bytes, problem, server } = await read({ v1: script });
    expect({ version, count: bytes.length, problem }).toEqual({ version: "v1", count: 2, problem: "" });
    expect(server.log.slice(2)).toEqual(["v1 #2 listServices *", "v1 #2 fileContainingSymbol a.S"]);
  });

  test("tells what came where the second breaks too", async () => {
    const script: Script = (question) => (question.case === "fileContainingSymbol" ? "end" : truth(question));
    const { version, services, problem } = await read({ v1: script });
    expect({ version, services }).toEqual({ version: "v1", services: ["a.S"] });
    expect(problem).toContain("the target's reflection failed (Unavailable:");
  });

  test("gives a silent target up when its time is over", async () => {
    const { problem } = await read({ v1: () => new Promise(() => undefined) }, { limits: { timeoutMs: 200 } });
    expect(problem).toContain("the target did not tell its schema within 200 ms");
  });

  test("rejects with the reason of whoever gives it up", async () => {
    const server = await startReflectionServer({ v1: () => new Promise(() => undefined) });
    servers.push(server);
    const given = new AbortController();
    const reading = readReflection({ transport: server.transport, duplex: "full" }, { signal: given.signal });
    given.abort(new Error("enough"));
    await expect(reading).rejects.toThrow("enough");
  });
});

describe("readReflection() of a half-duplex connection", () => {
  test("asks each round by a call of its own", async () => {
    const script: Script = (question) => truth.answer(question, { withImports: false });
    const { files: bytes, problem, server } = await read({ v1: script }, { duplex: "half" });
    expect({ count: bytes.length, problem }).toEqual({ count: 2, problem: "" });
    expect(server.log).toEqual([
      "v1 #1 listServices *",
      "v1 #2 fileContainingSymbol a.S",
      "v1 #3 fileByFilename b.proto",
    ]);
  });

  test("asks every question of a round, though answers come early", async () => {
    const services = Array.from({ length: 20 }, (_, index) => `s.S${index}`);
    const { reasons } = await read({ v1: honest([], services) }, { duplex: "half" });
    expect([...reasons.keys()]).toEqual(services);
  });

  test("says that HTTP/1.1 is why it fails", async () => {
    const { problem } = await read({}, { duplex: "half" });
    expect(problem).toContain("the target is called over HTTP/1.1, by which its reflection can't be asked");
  });
});

describe("readReflection() of targets that send too much", () => {
  /** Each file imports the next, for ever. */
  const endless: Script = (question) => {
    if (question.case === "listServices") {
      return truth(question);
    }
    const next = Number(/\d+/.exec(question.value)?.[0] ?? 0) + 1;
    const file = fileBytes({ name: `f${next - 1}.proto`, package: "f", dependency: [`f${next}.proto`] });
    return { case: "fileDescriptorResponse", value: { fileDescriptorProto: [file] } };
  };

  test("stops at the most files", async () => {
    const { files: bytes, notes } = await read({ v1: endless }, { limits: { maxFiles: 20 } });
    expect(bytes).toHaveLength(20);
    expect(notes).toEqual(["the target sends more than 20 files; the rest is left out"]);
  });

  test("stops at the most questions", async () => {
    const { notes } = await read({ v1: endless }, { limits: { maxQuestions: 20 } });
    expect(notes).toEqual(["the target needs more than 20 questions; what is missing then is left out"]);
  });

  test("stops at the most bytes of files", async () => {
    const { files: bytes, notes } = await read({ v1: endless }, { limits: { maxTotalBytes: 200 } });
    expect(Buffer.concat(bytes).length).toBeLessThanOrEqual(200);
    expect(notes).toEqual(["the target sends more than 200 bytes; the rest is left out"]);
  });

  test("stops at the most bytes of answers, though they are the same again and again", async () => {
    const repeated = Array.from({ length: 10 }, () => fileBytes(files[1] ?? {}));
    const script: Script = (question) =>
      question.case === "listServices"
        ? truth(question)
        : { case: "fileDescriptorResponse", value: { fileDescriptorProto: repeated } };
    const { files: bytes, notes } = await read({ v1: script }, { limits: { maxAnswerBytes: 100 } });
    expect(bytes).toHaveLength(1);
    expect(notes).toEqual(["the target sends more than 100 bytes; the rest is left out"]);
  });

  test("leaves out a file that is too large, and takes the others", async () => {
    const large = { name: "large.proto", package: "p".repeat(500) };
    const script: Script = (question) => {
      const answer = truth(question);
      if (answer.case === "fileDescriptorResponse") {
        answer.value.fileDescriptorProto.unshift(fileBytes(large));
      }
      return answer;
    };
    const { files: bytes, notes } = await read({ v1: script }, { limits: { maxFileBytes: 400 } });
    expect(bytes).toHaveLength(2);
    expect(notes).toEqual(["1 of its files are over 400 bytes, and left out"]);
  });

  test("leaves out the services after the most", async () => {
    const many = {
      case: "listServicesResponse",
      value: { service: Array.from({ length: 30 }, (_, index) => ({ name: `s.S${index}` })) },
    } as const;
    const { services, notes } = await read(
      { v1: (question) => (question.case === "listServices" ? many : truth(question)) },
      { limits: { maxServices: 10 } },
    );
    expect(services).toHaveLength(10);
    expect(notes).toEqual(["the target lists 30 services; those after the first 10 are left out"]);
  });

  test("reads no answers that nobody asked for", async () => {
    const script: Script = () => "flood";
    const { problem, version } = await read({ v1: script }, { limits: { timeoutMs: 5_000 } });
    expect({ version, problem }).toEqual({ version: "v1", problem: "" });
  });
});
