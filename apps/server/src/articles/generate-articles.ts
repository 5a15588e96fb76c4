import type { ImportedArticle } from "./article.ts";
import { CHINESE, ENGLISH, type Vocabulary } from "./article-vocabulary.ts";
import { createRandomSource, type RandomSource } from "./random-source.ts";

/** What `generateArticles` makes. */
export interface GenerateArticlesOptions {
  /** How many, from 0. */
  count: number;
  /** The newest is created before this time, in milliseconds since 1970. */
  now: number;
}

const SEED = 20_301_010;

/** The oldest article is created this long before now: about five years, in milliseconds. */
const SPAN_MS = 5 * 365 * 86_400_000;

/** One article of this many is in Chinese. */
const CHINESE_EVERY = 5;

const MIN_SENTENCES = 2;
const MAX_SENTENCES = 6;

/**
 * Generates articles that read like articles, in English and Chinese, the oldest first, their times spread evenly over
 * five years. The texts are the same at every run; one article at a time is in memory.
 */
export function* generateArticles({
  count,
  now,
}: GenerateArticlesOptions): Generator<ImportedArticle, void, undefined> {
  const random = createRandomSource(SEED);
  const step = SPAN_MS / count;
  for (let index = 0; index < count; index++) {
    const vocabulary = random.integer(1, CHINESE_EVERY) === 1 ? CHINESE : ENGLISH;
    const createTime = new Date(now - SPAN_MS + step * index + random.integer(0, Math.floor(step / 2)));
    yield { ...writeArticle(vocabulary, random), createTime };
  }
}

function writeArticle(vocabulary: Vocabulary, random: RandomSource): { title: string; content: string } {
  const topic = random.pick(vocabulary.topics);
  const place = random.pick(vocabulary.places);
  const fill = (pattern: string) => pattern.replaceAll("{topic}", topic).replaceAll("{place}", place);

  // Neighbours in the list, from anywhere in it: no sentence comes twice.
  const { sentences } = vocabulary;
  const first = random.integer(0, sentences.length - 1);
  const content = Array.from({ length: random.integer(MIN_SENTENCES, MAX_SENTENCES) }, (_, index) =>
    fill(sentences[(first + index) % sentences.length] ?? ""),
  );
  const title = fill(random.pick(vocabulary.titles));
  return { title: title.charAt(0).toUpperCase() + title.slice(1), content: content.join(vocabulary.gap) };
}
