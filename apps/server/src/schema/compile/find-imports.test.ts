import { describe, expect, test } from "vitest";
import { findImports } from "./find-imports.ts";

describe("findImports()", () => {
  test("finds every kind of import", () => {
    const text = `import "a.proto"; import public 'b.proto';\nimport weak\n"c.proto"; import option "d.proto"; import "a.proto";`;
    expect(findImports(text)).toEqual(["a.proto", "b.proto", "c.proto", "d.proto"]);
  });

  test("passes over comments, texts and names", () => {
    const text = `// import "no.proto";\n/* import "no.proto"; */ option x = "import \\"no.proto\\";"; important "no.proto"; import "yes.proto";`;
    expect(findImports(text)).toEqual(["yes.proto"]);
  });

  test("takes time in proportion to the text", () => {
    expect(findImports('/*"'.repeat(1_000_000))).toEqual([]);
  });
});
