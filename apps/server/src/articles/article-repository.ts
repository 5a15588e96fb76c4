import type { Article, ArticleDraft, ImportedArticle } from "./article.ts";

/** Which part of the list is wanted. */
export interface ArticlePage {
  /** From 1. */
  page: number;
  /** Articles on a page, from 1. */
  pageSize: number;
}

/** Where articles live. Disposing it waits for what was begun, and lets go of the store. */
export interface ArticleRepository extends AsyncDisposable {
  /** Answers one page in the order of ids. A page past the end is empty, however far past. */
  list(page: ArticlePage): Promise<Article[]>;
  /** Answers the article of that id, or undefined. */
  get(id: number): Promise<Article | undefined>;
  /**
   * Stores an article with the next id and the time of now. Once it resolves, the article survives a crash.
   *
   * @throws ConnectError with `RESOURCE_EXHAUSTED` when the ids have run out.
   */
  create(draft: ArticleDraft): Promise<Article>;
  /**
   * Stores all of these in their order, or none of them, and answers how many there were.
   *
   * @throws ConnectError with `RESOURCE_EXHAUSTED` when the ids run out.
   */
  addMany(articles: Iterable<ImportedArticle>): Promise<number>;
  /** Answers how many articles there are. */
  count(): Promise<number>;
}
