import type { ImportedArticle } from "./article.ts";
import type { ArticleRepository } from "./article-repository.ts";
import { generateArticles } from "./generate-articles.ts";

/** What `fillArticles` does, and where. */
export interface FillArticlesOptions {
  articles: ArticleRepository;
  /** How many articles to add, from 0. */
  count: number;
  /** The time of now in milliseconds since 1970. */
  now: number;
  /** Is told how many are stored so far, after every batch. */
  onProgress: (added: number) => void;
}

/** Articles of one transaction: enough to spread the wait for the disk, and little enough for the log of the database. */
const BATCH_SIZE = 10_000;

/** Adds generated articles, a batch at a time. When it fails, the batches that were reported stay. */
export async function fillArticles({ articles, count, now, onProgress }: FillArticlesOptions): Promise<void> {
  const generated = generateArticles({ count, now });
  for (let added = 0; added < count; ) {
    added += await articles.addMany(takeBatch(generated));
    onProgress(added);
  }
}

/** Yields the next batch, and unlike `Iterator.prototype.take` leaves the iterator open for the one after. */
function* takeBatch(generated: Iterator<ImportedArticle>): Generator<ImportedArticle, void, undefined> {
  for (let taken = 0; taken < BATCH_SIZE; taken++) {
    const next = generated.next();
    if (next.done === true) {
      return;
    }
    yield next.value;
  }
}
