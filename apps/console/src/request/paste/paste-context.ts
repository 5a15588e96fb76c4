import type { DescMethod, Registry } from "@bufbuild/protobuf";

/** What a pasted text is read for. */
export interface PasteContext {
  /** The method whose messages it is to hold. */
  readonly method: DescMethod;
  /** Types that an `Any` can hold, and extensions. */
  readonly registry: Registry;
  /** Finds a method of the same target, which a command may call. */
  readonly findMethod: (service: string, method: string) => DescMethod | undefined;
}
