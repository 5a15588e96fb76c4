import { quoteName } from "../quote-name.ts";

/** Why something can't be used. */
export interface Defect {
  /** What is wrong, as in `type "a.B" (field "c.D.e") is missing`. */
  readonly reason: string;
  /** What would mend it. */
  readonly remedy: string;
}

/** The most files that a remedy names. */
const maxNamedFiles = 3;

/**
 * The defect of what needs a type that nobody declares.
 *
 * @param user what needs it, as in `field "c.D.e"`
 * @param missingImports the files that could declare it: those that its user's file imports and nobody has
 */
export function missingType(type: string, user: string, missingImports: readonly string[]): Defect {
  const named = missingImports.slice(0, maxNamedFiles).map(quoteName).join(", ");
  const remedy =
    missingImports.length === 0 ? "add the .proto file that declares it" : `add ${named}, which should declare it`;
  return {
    reason: `type ${quoteName(type.replace(/^\./, ""))} (${user}) is missing`,
    remedy: `${remedy}, as a source`,
  };
}
