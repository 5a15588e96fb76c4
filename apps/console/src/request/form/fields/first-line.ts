const mostLength = 160;

/** The first line of a comment, cut where it is long. */
export function firstLine(comment: string): string {
  const line = comment.slice(0, comment.indexOf("\n") < 0 ? undefined : comment.indexOf("\n")).trim();
  return line.length > mostLength ? `${line.slice(0, mostLength)}…` : line;
}
