import { type JsonToken, readToken } from "../json/json-token.ts";

/** Steps through the tokens of a text. */
export interface TokenCursor {
  readonly text: string;
  /** The next token, not yet taken. */
  readonly token: JsonToken;
  /** Answers the next token and steps over it. */
  take(): JsonToken;
  /** Goes on at an offset between two tokens. */
  jump(offset: number): void;
}

/** Creates a cursor before the first token at or after `offset`. */
export function createTokenCursor(text: string, offset: number): TokenCursor {
  let token = readToken(text, offset);
  return {
    text,
    get token() {
      return token;
    },
    take() {
      const taken = token;
      token = readToken(text, taken.to);
      return taken;
    },
    jump(to) {
      token = readToken(text, to);
    },
  };
}
