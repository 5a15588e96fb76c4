import { flagOf, optionNames, options, variableOf } from "./options.ts";

/** The text of `--help`: every flag with its default and its environment variable. */
export function helpText(): string {
  const lines = optionNames.flatMap((name) => {
    const { argument, help, fallback, repeatable } = options[name];
    const notes = [repeatable ? "repeatable" : undefined, fallback === undefined ? undefined : `default ${fallback}`];
    const noted = notes.filter((note) => note !== undefined).join(", ");
    return [
      `  ${flagOf(name)} ${argument}${noted === "" ? "" : `   (${noted})`}`,
      `      ${help}`,
      `      ${variableOf(name)}`,
    ];
  });
  return [
    "Usage: npm start -- [flags]",
    "",
    "Serves the Switchboard console and its services on one port: HTTP/1.1, HTTP/2 and WebSocket.",
    "",
    "Flags, each with its environment variable; a flag wins over the variable. A variable of a",
    "repeatable flag holds values between commas.",
    "",
    ...lines,
    "",
    "  --help",
    "      Print this text.",
    "",
  ].join("\n");
}
