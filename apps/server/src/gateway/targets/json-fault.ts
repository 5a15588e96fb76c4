/** How V8 begins the one message that tells no place, but quotes what stands around it. */
const placeless = "Unexpected token";

/**
 * Says where a text stops being JSON, as in `line 3, column 7`, and quotes nothing of it, since it may hold secrets.
 * Undefined where the text is JSON.
 */
export function findJsonFault(text: string): string | undefined {
  const message = parseFault(text);
  if (message === undefined) {
    return undefined;
  }
  const place = / \(line (\d+) column (\d+)\)$/.exec(message);
  if (place !== null) {
    return `line ${place[1]}, column ${place[2]}`;
  }
  const before = text.slice(0, message.startsWith(placeless) ? findUnexpected(text) : text.length);
  return `line ${before.split("\n").length}, column ${before.length - before.lastIndexOf("\n")}`;
}

/** The offset of the token that doesn't belong: the text up to it fails for another reason, namely that it ends. */
function findUnexpected(text: string): number {
  let low = 0;
  let high = text.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (parseFault(text.slice(0, middle + 1))?.startsWith(placeless) === true) {
      high = middle;
    } else {
      low = middle + 1;
    }
  }
  return low;
}

function parseFault(text: string): string | undefined {
  try {
    JSON.parse(text);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
