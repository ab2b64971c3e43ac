import { expect, test } from "vitest";
import type { PartySettings } from "./adapter.ts";
import { adapterOf } from "./adapters.ts";
import { IntegrationsRefused, objectionsTo } from "./objections.ts";
import { carrier } from "./test-systems.ts";

function refusal(settings: PartySettings, verify: "signature" | "mtls" = "signature"): string {
  const integration = carrier(verify).lookup.integration("parcelCarrier");
  return new IntegrationsRefused(objectionsTo(integration, settings, adapterOf("parcelCarrier"))).message;
}

test("an address that is none is refused in three parts", () => {
  expect(refusal({ url: "carrier" })).toBe(
    [
      'The URL of parcelCarrier, "carrier", is none.',
      "  why: Calls go there with our key in them, and nothing else is known to be there.",
      "  fix: Set PARCEL_CARRIER_URL to an address such as https://api.parcel-carrier.example; http: is for stand-ins on this machine.",
    ].join("\n"),
  );
});

test.each([
  ["file:///etc/passwd", 'The URL of parcelCarrier begins with "file:".'],
  ["ftp://carrier.example", 'The URL of parcelCarrier begins with "ftp:".'],
  ["https://user@carrier.example", "The URL of parcelCarrier has a user, a query or a fragment."],
  ["https://carrier.example/?v=1", "The URL of parcelCarrier has a user, a query or a fragment."],
])("%s is refused", (url, what) => {
  expect(refusal({ url })).toMatch(what);
});

test("addresses with a path, and of stand-ins, are accepted", () => {
  expect(refusal({ url: "https://carrier.example/v2/" })).toBe("");
  expect(refusal({ url: "http://127.0.0.1:4010" })).toBe("");
});

test("a key that no header can carry is refused without being shown", () => {
  const message = refusal({ url: "https://carrier.example", key: "hush\r\nx-admin: 1" });
  expect(message).toMatch("The key for parcelCarrier has characters that no HTTP header can carry.");
  expect(message).not.toMatch("hush");
});

test("mtls is refused, for TLS ends at the proxy", () => {
  expect(refusal({}, "mtls")).toMatch('parcelCarrier is verified by "mtls", which this server cannot do itself.');
});

test("a refusal brings its words, so that nobody takes it for a crash", () => {
  const integration = carrier("mtls").lookup.integration("parcelCarrier");
  const settings = { url: "ftp://carrier.example" };
  expect(new IntegrationsRefused(objectionsTo(integration, settings, adapterOf("parcelCarrier")))).toMatchObject({
    what: 'The URL of parcelCarrier begins with "ftp:". parcelCarrier is verified by "mtls", which this server cannot do itself.',
    why: expect.stringMatching(/^Calls go there .+ TLS ends at the proxy /),
    fix: expect.stringMatching(/^Set PARCEL_CARRIER_URL .+ write verify: "token"; or use "signature"\.$/),
  });
});

test("settings that are merely missing are no objection", () => {
  expect(refusal({})).toBe("");
});
