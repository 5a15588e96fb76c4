import type { DescMethod } from "@bufbuild/protobuf";
import { findMethod } from "../../schema/service-catalog.ts";

/** One thing worth seeing in the first minute. */
export interface Card {
  /** A key of the language catalogues under `start`. */
  readonly key: "hello" | "articles" | "watch" | "send" | "talk";
  readonly service: string;
  readonly method: string;
}

const cards: readonly Card[] = [
  { key: "hello", service: "Greeter", method: "SayHello" },
  { key: "articles", service: "ArticleService", method: "ArticleList" },
  { key: "watch", service: "test.demo", method: "TestClientRecvStream" },
  { key: "send", service: "test.demo", method: "TestClientSendStream" },
  { key: "talk", service: "test.demo", method: "TestTwoWayStream" },
];

/** The cards whose methods there are. */
export function availableCards(): readonly { readonly card: Card; readonly method: DescMethod }[] {
  return cards.flatMap((card) => {
    const method = findMethod(card.service, card.method);
    return method === undefined ? [] : [{ card, method }];
  });
}
