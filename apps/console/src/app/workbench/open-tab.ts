import type { Draft } from "../../request/draft.ts";
import type { MethodRoute } from "../route.ts";

/** One call tab: a method and what was typed for it. */
export interface OpenTab {
  readonly id: string;
  readonly route: MethodRoute;
  readonly draft: Draft;
  /** Whether the method's example is still to be put into the draft, which nobody has touched. */
  readonly awaitsExample?: boolean;
  /** Whether the draft was changed since it was opened or last sent. */
  readonly isChanged?: boolean;
}
