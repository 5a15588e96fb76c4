/** The longest sentence that is shown whole, in UTF-16 units. */
const longest = 160;

/** The first sentence of a comment, on one line: up to its full stop or an empty line, and cut where it is long. */
export function firstSentence(comment: string): string {
  const [paragraph = ""] = comment
    .trim()
    .slice(0, longest * 4)
    .split(/\n\s*\n/);
  const line = paragraph.replace(/\s+/g, " ");
  const end = /[.!?](?=\s)|[。！？]/.exec(line);
  const sentence = end === null ? line : line.slice(0, end.index + 1);
  return sentence.length <= longest ? sentence : `${sentence.slice(0, longest).trimEnd()}…`;
}
