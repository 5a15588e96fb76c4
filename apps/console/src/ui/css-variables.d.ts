import "react";

declare module "react" {
  interface CSSProperties {
    /** Custom properties, as CSS modules of the page read them. */
    [variable: `--${string}`]: string | number | undefined;
  }
}
