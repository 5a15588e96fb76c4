import type { DescMessage, MessageInitShape } from "@bufbuild/protobuf";
import type { Any } from "@bufbuild/protobuf/wkt";
import { ViolationsSchema } from "@bufbuild/protovalidate/gen/buf/validate/validate_pb.js";
import type { ConnectError } from "@connectrpc/connect";
import {
  BadRequestSchema,
  DebugInfoSchema,
  ErrorInfoSchema,
  HelpSchema,
  LocalizedMessageSchema,
  PreconditionFailureSchema,
  QuotaFailureSchema,
  RequestInfoSchema,
  ResourceInfoSchema,
  RetryInfoSchema,
} from "@switchboard/proto/gen/google/rpc/error_details_pb.js";

/** A detail that a server sends along with an error. */
export type ErrorDetail = ConnectError["details"][number];

/** A detail of every type that the page knows, and last one of a type that no one knows. */
export const everyDetail: readonly ErrorDetail[] = [
  detail(ErrorInfoSchema, {
    reason: "STOCK_EMPTY",
    domain: "shop.example.com",
    metadata: { article: "kettle", constructor: "a name" },
  }),
  detail(RetryInfoSchema, { retryDelay: { seconds: 90n, nanos: 500_000_000 } }),
  detail(DebugInfoSchema, {
    stackEntries: ["at take (stock.ts:41:7)", "at place (order.ts:12:3)"],
    detail: "<b>stock</b> is 0",
  }),
  detail(QuotaFailureSchema, {
    violations: [
      {
        subject: "clientip:127.0.0.1",
        description: "Daily limit of orders exceeded",
        apiService: "shop.example.com",
        quotaMetric: "shop.example.com/orders",
        quotaId: "OrdersPerDay",
        quotaDimensions: { region: "north" },
        quotaValue: 100n,
        futureQuotaValue: 200n,
      },
    ],
  }),
  detail(PreconditionFailureSchema, {
    violations: [{ type: "TOS", subject: "shop.example.com", description: "Terms of service not accepted" }],
  }),
  detail(BadRequestSchema, {
    fieldViolations: [
      { field: "customer.email", description: "is no address", reason: "EMAIL" },
      {
        field: "lines[0].count",
        description: "must be above 0",
        localizedMessage: { locale: "zh-CN", message: "必须大于 0" },
      },
    ],
  }),
  detail(RequestInfoSchema, { requestId: "req-42", servingData: "node-7" }),
  detail(ResourceInfoSchema, {
    resourceType: "shop.Article",
    resourceName: "articles/kettle",
    owner: "user:ada",
    description: "Sold out",
  }),
  detail(HelpSchema, {
    links: [
      { description: "What to do", url: "https://example.com/help" },
      { description: "A link that runs", url: "javascript:alert(1)" },
    ],
  }),
  detail(LocalizedMessageSchema, { locale: "de-DE", message: "Der Kessel ist ausverkauft" }),
  {
    desc: ViolationsSchema,
    value: {
      violations: [
        {
          field: {
            elements: [
              { fieldNumber: 2, fieldName: "customer" },
              { fieldNumber: 2, fieldName: "email" },
            ],
          },
          ruleId: "string.email",
          message: "must be a valid email address",
        },
      ],
    },
  },
  { type: "unheard.of.Detail", value: new Uint8Array([0x0a, 0x03, 0x61, 0x62, 0x63, 0x10, 0x96, 0x01]) },
];

function detail<Desc extends DescMessage>(desc: Desc, value: MessageInitShape<Desc>): ErrorDetail {
  return { desc, value };
}

/** A detail that a caller has packed already. */
export function packedDetail({ typeUrl, value }: Any): ErrorDetail {
  return { type: typeUrl.slice(typeUrl.lastIndexOf("/") + 1), value };
}
