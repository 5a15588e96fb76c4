import classes from "./icon.module.css";

const paths = {
  chevron: "M6 4l4 4-4 4",
  close: "M4 4l8 8M12 4l-8 8",
  copy: "M5.5 5.5h7.5v7.5H5.5zM10.5 5.5V3H3v7.5h2.5",
  check: "M3 8.5l3.5 3.5L13 5",
  menu: "M2.5 4.5h11M2.5 8h11M2.5 11.5h11",
  search: "M7 11.5a4.5 4.5 0 1 0 0-9 4.5 4.5 0 0 0 0 9zM10.5 10.5l3 3",
  plus: "M8 3v10M3 8h10",
  clock: "M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12zM8 5v3.2l2 1.3",
  beside: "M2.5 3h11v10h-11zM8 3v10",
  stacked: "M2.5 3h11v10h-11zM2.5 8h11",
  download: "M8 2.5v7.5M5 7.5l3 3 3-3M3 13h10",
  refresh: "M13 8a5 5 0 1 1-1.6-3.7M13 2.5v3h-3",
  gear: "M8 10.2a2.2 2.2 0 1 0 0-4.4 2.2 2.2 0 0 0 0 4.4zM8 2v1.8M8 12.2V14M2 8h1.8M12.2 8H14M3.8 3.8l1.2 1.2M11 11l1.2 1.2M12.2 3.8L11 5M5 11l-1.2 1.2",
  up: "M8 13V3.5M4 7l4-4 4 4",
  down: "M8 3v9.5M4 9l4 4 4-4",
  eye: "M1.5 8C3 5.2 5.3 3.8 8 3.8S13 5.2 14.5 8C13 10.8 10.7 12.2 8 12.2S3 10.8 1.5 8zM8 9.8a1.8 1.8 0 1 0 0-3.6 1.8 1.8 0 0 0 0 3.6z",
  folder: "M2 4.5h4l1.5 1.5H14v6.5H2z",
  warning: "M8 2.5l6 11H2zM8 6.5v3.5M8 11.8v.2",
  pause: "M5.5 3.5v9M10.5 3.5v9",
  play: "M5 3.5l7 4.5-7 4.5z",
  path: "M10.5 2.5l-5 11M3 6.5h10M3 9.5h10",
  wire: "M2.5 4h4v3h-4zM9.5 4h4v3h-4zM2.5 9.5h2M6 9.5h4M11.5 9.5h2M2.5 12.5h5M9.5 12.5h4",
  tail: "M8 2.5v8M4.5 7.5L8 11l3.5-3.5M3.5 13.5h9",
} as const;

/** The signs that `Icon` can draw. */
export type IconName = keyof typeof paths;

/** A sign of 16 by 16 pixels in the colour of the text around it. It never carries meaning alone: words stand beside it. */
export function Icon({ name, turned = false }: IconProps) {
  return (
    <svg className={classes.icon} data-turned={turned || undefined} viewBox="0 0 16 16" aria-hidden="true">
      <path d={paths[name]} />
    </svg>
  );
}

/** Props of `Icon`. */
export interface IconProps {
  readonly name: IconName;
  /** Turned by a quarter, as a chevron that points down. */
  readonly turned?: boolean;
}
