/**
 * The store of articles could not be opened. The message is for the operator: it names the file or directory, says what
 * is wrong with it and what to do.
 */
export class ArticleStoreError extends Error {
  override name = "ArticleStoreError";
}
