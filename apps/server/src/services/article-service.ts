import type { MessageInitShape } from "@bufbuild/protobuf";
import { Code, ConnectError, type ServiceImpl } from "@connectrpc/connect";
import type { ArticleSchema, ArticleService } from "@switchboard/proto/gen/article_pb.js";
import type { Article } from "../articles/article.ts";
import type { ArticleRepository } from "../articles/article-repository.ts";
import { formatCreateTime } from "../articles/create-time.ts";
import { checkDraft, checkPage, checkPk } from "./article-rules.ts";
import { createBadRequest, type FieldViolation } from "./bad-request.ts";

/** What `createArticleService` needs. */
export interface ArticleServiceOptions {
  articles: ArticleRepository;
}

/** The page that an unset `page` means. */
const DEFAULT_PAGE = 1;

/** The number of articles that an unset `page_size` means. */
const DEFAULT_PAGE_SIZE = 10;

/** Creates `/ArticleService` on a store. A request that breaks a rule is answered with a `google.rpc.BadRequest`. */
export function createArticleService({ articles }: ArticleServiceOptions): ServiceImpl<typeof ArticleService> {
  return {
    async articleList(request) {
      refuse(checkPage(request));
      const { page, pageSize } = request;
      const found = await articles.list({ page: page || DEFAULT_PAGE, pageSize: pageSize || DEFAULT_PAGE_SIZE });
      return { articles: found.map(toMessage) };
    },

    async articleDetail({ pk }) {
      refuse(checkPk(pk));
      const article = await articles.get(pk);
      if (article === undefined) {
        throw new ConnectError(`there is no article with pk ${pk}`, Code.NotFound);
      }
      return { article: toMessage(article) };
    },

    async articleCreate({ title, content }) {
      refuse(checkDraft({ title, content }));
      return { article: toMessage(await articles.create({ title, content })) };
    },
  };
}

function refuse(violations: readonly FieldViolation[]): void {
  if (violations.length > 0) {
    throw createBadRequest(violations);
  }
}

function toMessage({ createTime, ...article }: Article): MessageInitShape<typeof ArticleSchema> {
  return { ...article, createTime: formatCreateTime(createTime) };
}
