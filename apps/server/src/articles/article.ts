/** An article that is stored. */
export interface Article {
  /** From 1 to 2,147,483,647 (int32 on the wire). A newer article has a greater id. */
  id: number;
  title: string;
  content: string;
  /** To the second. */
  createTime: Date;
}

/** What an author gives. */
export type ArticleDraft = Pick<Article, "title" | "content">;

/** An article from elsewhere, which was created some time ago. */
export type ImportedArticle = Omit<Article, "id">;

/** The greatest id that fits the field `Article.id`, an int32. */
export const MAX_ARTICLE_ID = 2 ** 31 - 1;
