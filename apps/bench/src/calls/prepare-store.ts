import { createClient, createRouterTransport } from "@connectrpc/connect";
import { type ArticleListResponse, ArticleService } from "@switchboard/proto/gen/article_pb.js";
import { fillArticles } from "@switchboard/server/articles/fill-articles.ts";
import { openSqliteArticleRepository } from "@switchboard/server/articles/sqlite-article-repository.ts";
import { createArticleService } from "@switchboard/server/services/article-service.ts";

const articleCount = 1_000;

/** Makes a store of articles that all subjects read, and answers its first page. */
export async function prepareStore(directory: string): Promise<ArticleListResponse> {
  await using articles = await openSqliteArticleRepository({ directory, now: Date.now });
  await fillArticles({ articles, count: articleCount, now: Date.now(), onProgress: () => {} });
  const transport = createRouterTransport((router) => {
    router.service(ArticleService, createArticleService({ articles }));
  });
  return await createClient(ArticleService, transport).articleList({});
}
