/** Formats a time as `YYYY-MM-DD HH:MM:SS` in UTC, as `Article.create_time` carries it. */
export function formatCreateTime(time: Date): string {
  return time.toISOString().slice(0, "YYYY-MM-DDTHH:MM:SS".length).replace("T", " ");
}
