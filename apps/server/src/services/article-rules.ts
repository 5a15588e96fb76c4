import type { FieldViolation } from "./bad-request.ts";

/** The most articles that a page can have. */
export const MAX_PAGE_SIZE = 100;

/** The most characters (Unicode code points) of a title. */
export const MAX_TITLE_CHARACTERS = 200;

/** The most characters (Unicode code points) of a content. */
export const MAX_CONTENT_CHARACTERS = 100_000;

/** Says what is wrong with an ArticleListRequest. Nothing is an empty list. */
export function checkPage({ page, pageSize }: { page: number; pageSize: number }): FieldViolation[] {
  const violations: FieldViolation[] = [];
  if (page < 0) {
    violations.push({ field: "page", description: `must be 0 or more, and is ${page}` });
  }
  if (pageSize < 0 || pageSize > MAX_PAGE_SIZE) {
    violations.push({ field: "page_size", description: `must be from 0 to ${MAX_PAGE_SIZE}, and is ${pageSize}` });
  }
  return violations;
}

/** Says what is wrong with an ArticleDetailRequest. Nothing is an empty list. */
export function checkPk(pk: number): FieldViolation[] {
  return pk < 0 ? [{ field: "pk", description: `must be 0 or more, and is ${pk}` }] : [];
}

/** Says what is wrong with an ArticleCreateRequest. Nothing is an empty list. */
export function checkDraft({ title, content }: { title: string; content: string }): FieldViolation[] {
  const violations: FieldViolation[] = [];
  if (title === "") {
    violations.push({ field: "title", description: `must have 1 to ${MAX_TITLE_CHARACTERS} characters, and is empty` });
  } else if (hasMoreCharactersThan(title, MAX_TITLE_CHARACTERS)) {
    violations.push({
      field: "title",
      description: `must have at most ${MAX_TITLE_CHARACTERS} characters, and has more`,
    });
  }
  if (hasMoreCharactersThan(content, MAX_CONTENT_CHARACTERS)) {
    violations.push({
      field: "content",
      description: `must have at most ${MAX_CONTENT_CHARACTERS} characters, and has more`,
    });
  }
  return violations;
}

/** Counts code points only where the number of UTF-16 units leaves it open, and no further than the limit. */
function hasMoreCharactersThan(text: string, limit: number): boolean {
  if (text.length <= limit || text.length > 2 * limit) {
    return text.length > limit;
  }
  let characters = 0;
  for (const _character of text) {
    characters++;
    if (characters > limit) {
      return true;
    }
  }
  return false;
}
