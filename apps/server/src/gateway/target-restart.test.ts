import { Code } from "@connectrpc/connect";
import { describe, expect, it } from "vitest";
import { callWeb } from "../testing/call-web.ts";
import { requestHead, startFrameServer } from "../testing/frame-server.ts";
import { grpcHead, grpcTrailersOnly } from "../testing/frame-upstream.ts";
import { startGateway } from "../testing/start-gateway.ts";

describe("a target that dies and returns at the same port", () => {
  it("fails the calls on their way and those meanwhile, and gets the next", async () => {
    await using first = await startFrameServer({ settings: [] });
    await using gateway = await startGateway(first.port);
    const unanswered = callWeb(gateway.port);
    const begun = callWeb(gateway.port);
    const connection = await first.connection(0);
    await requestHead(connection, 1);
    await requestHead(connection, 3);
    await connection.write(grpcHead());
    await first[Symbol.asyncDispose]();
    const answers = await Promise.all([unanswered, begun]);
    const statuses = answers.map(({ headers, trailers = "" }) => headers["grpc-status"] ?? /\d+/.exec(trailers)?.[0]);
    expect(statuses).toEqual([`${Code.Unavailable}`, `${Code.Unavailable}`]);

    const meanwhile = await callWeb(gateway.port);
    expect(meanwhile.headers["grpc-status"]).toBe(`${Code.Unavailable}`);

    await using again = await startFrameServer({ settings: [], port: first.port });
    const answering = callWeb(gateway.port);
    const fresh = await again.connection(0);
    await requestHead(fresh, 1);
    await fresh.write(grpcTrailersOnly(["grpc-status", "0"]));
    expect((await answering).headers["grpc-status"]).toBe("0");
  });
});
