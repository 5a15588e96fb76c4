import { describe, expect, it } from "vitest";
import { strangerCertificate, testCertificate } from "../../testing/test-certificate.ts";
import { defaultTls } from "../../testing/test-settings.ts";
import { createTlsContexts } from "./tls-contexts.ts";

const nothing = { ca: undefined, cert: undefined, key: undefined };
const own = { ...nothing, ...testCertificate };
const ownFiles = { ...defaultTls, certificateFile: "me.pem", keyFile: "me.key" };

/** The settings of a target with a CA of its own. */
function trusting(caFile: string) {
  return { ...defaultTls, caFile };
}

describe("createTlsContexts()", () => {
  it("has one context for all targets without files", () => {
    const contexts = createTlsContexts();
    expect(contexts({ ...defaultTls, serverName: "b.example" }, nothing)).toBe(contexts(defaultTls, nothing));
  });

  it("keeps the context of files as long as they hold the same", () => {
    const contexts = createTlsContexts();
    const first = contexts(ownFiles, own);
    expect(contexts({ ...ownFiles, serverName: "b.example" }, { ...own })).toBe(first);
    const renewed = contexts(ownFiles, { ...nothing, ...strangerCertificate });
    expect(renewed).not.toBe(first);
    expect(contexts(ownFiles, own)).not.toBe(first);
  });

  it("tells a CA of the target's own from a certificate of its own", () => {
    const contexts = createTlsContexts();
    const { cert } = testCertificate;
    const trusted = contexts(trusting("me.pem"), { ...nothing, ca: cert });
    expect(contexts(ownFiles, own)).not.toBe(trusted);
    expect(contexts(trusting("me.pem"), { ...nothing, ca: cert })).toBe(trusted);
  });

  it("forgets the context that was used the longest ago where there are too many", () => {
    const contexts = createTlsContexts(2);
    const ca = { ...nothing, ca: testCertificate.cert };
    const [a, b] = [contexts(trusting("a"), ca), contexts(trusting("b"), ca)];
    expect(contexts(trusting("a"), ca)).toBe(a);
    contexts(trusting("c"), ca);
    expect(contexts(trusting("a"), ca)).toBe(a);
    expect(contexts(trusting("b"), ca)).not.toBe(b);
  });
});
