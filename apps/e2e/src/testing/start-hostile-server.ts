import type { DescMethodUnary } from "@bufbuild/protobuf";
import { Code, ConnectError, type HandlerContext } from "@connectrpc/connect";
import { readTestingSchema } from "@switchboard/console/schema/testing/testing-schema.ts";
import {
  BadRequestSchema,
  DebugInfoSchema,
  ErrorInfoSchema,
  HelpSchema,
  LocalizedMessageSchema,
  PreconditionFailureSchema,
  ResourceInfoSchema,
} from "@switchboard/proto/gen/google/rpc/error_details_pb.js";
import { answerRaw, type RawMessage } from "./answer-raw.ts";
import { deepAny, deepGroups, deepNode } from "./deep-messages.ts";
import { markup, tricks } from "./hostile-texts.ts";
import { type H2cServer, serveH2c } from "./serve-h2c.ts";
import { tellSchema } from "./tell-schema.ts";

/** Reads what no handler may give: messages nested deeper than any library writes. */
const rawAnswers: ReadonlyMap<string, () => RawMessage> = new Map([
  ["EchoNode", deepNode],
  ["EchoWellKnown", deepAny],
  ["EchoNothing", deepGroups],
]);

/**
 * Starts a server of `proto/testing` in this process, with reflection, that means no good: `EchoNames` and `EchoScalars`
 * answer what they are asked, with metadata full of markup; `Fail` ends with details full of it; `EchoNode`,
 * `EchoWellKnown` and `EchoNothing` answer messages nested 5,000 deep.
 */
export async function startHostileServer(): Promise<H2cServer> {
  const { files, service } = readTestingSchema();
  const echo = service("EchoService");
  const method = (name: string): DescMethodUnary => {
    const found = echo.methods.find((one) => one.name === name);
    if (found?.methodKind !== "unary") {
      throw new Error(`${echo.typeName} has no unary method ${name}`);
    }
    return found as DescMethodUnary; // The library tells apart by a member what its types don't.
  };
  return serveH2c(
    (router) => {
      tellSchema(router, () => ({ files: files.file, services: [echo.typeName] }));
      for (const name of ["EchoNames", "EchoScalars"]) {
        router.rpc(method(name), (request, context) => {
          addMetadata(context);
          return request;
        });
      }
      router.rpc(method("Fail"), (_request, context) => {
        addMetadata(context);
        throw new ConnectError(`${markup}${tricks}`, Code.FailedPrecondition, undefined, [...details]);
      });
    },
    {
      answerItself(request, response) {
        const [, ofService, name = ""] = (request.url ?? "").split("/");
        const raw = ofService === echo.typeName ? rawAnswers.get(name) : undefined;
        if (raw !== undefined) {
          answerRaw(request, response, raw());
        }
        return raw !== undefined;
      },
    },
  );
}

function addMetadata({ responseHeader, responseTrailer }: HandlerContext): void {
  responseHeader.append("x-markup", markup);
  responseHeader.append("constructor", markup);
  responseHeader.append("__proto__", markup);
  responseHeader.append("x-tricks-bin", base64(tricks));
  responseTrailer.append("x-trailer", markup);
  responseTrailer.append("tostring", markup);
  responseTrailer.append("x-trailer-bin", base64(`${markup}${tricks}`));
}

function base64(text: string): string {
  return Buffer.from(text).toString("base64").replace(/=+$/, "");
}

const both = `${markup}${tricks}`;

const details = [
  {
    desc: BadRequestSchema,
    value: {
      fieldViolations: [
        { field: "__proto__", description: both, reason: both, localizedMessage: { locale: markup, message: both } },
        { field: markup, description: both },
        { field: 'names_by_key["__proto__"].constructor', description: both },
        { field: `${"next.".repeat(200)}name`, description: both },
      ],
    },
  },
  {
    desc: HelpSchema,
    value: {
      links: [
        { description: both, url: "javascript:document.title='owned'" },
        { description: both, url: " java\nscript:document.title='owned'" },
        { description: both, url: "data:text/html,<script>opener.document.title='owned'</script>" },
        { description: both, url: markup },
      ],
    },
  },
  { desc: DebugInfoSchema, value: { stackEntries: [both, both], detail: both } },
  { desc: ErrorInfoSchema, value: { reason: both, domain: both, metadata: { [markup]: both, ["__proto__"]: both } } },
  { desc: PreconditionFailureSchema, value: { violations: [{ type: both, subject: both, description: both }] } },
  {
    desc: ResourceInfoSchema,
    value: { resourceType: both, resourceName: both, owner: both, description: both },
  },
  { desc: LocalizedMessageSchema, value: { locale: both, message: both } },
];
