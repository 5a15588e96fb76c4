/** Answers how long each request of an h2load `--log-file` took, in milliseconds. Throws where one failed. */
export function parseRequestLog(text: string): readonly number[] {
  const lines = text.split("\n").filter((line) => line !== "");
  return lines.map((line) => {
    const [, status = "", microseconds = ""] = line.split("\t");
    if (!/^2\d\d$/.test(status)) {
      throw new Error(`a request ended with the HTTP status ${status}`);
    }
    return Number(microseconds) / 1000;
  });
}
