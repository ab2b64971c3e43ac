import { GuardedCallError } from "@archwright/resilience";
import { expect, test } from "vitest";
import { assertPassword, createPasswords } from "./passwords.ts";

const password = "correct horse battery";

test("a password matches its own hash, and no other does", async () => {
  const passwords = createPasswords();
  const hash = await passwords.hash(password);
  expect([await passwords.matches(password, hash), await passwords.matches("wrong horse battery", hash)]).toEqual([true, false]);
});

test("nothing matches where there is no account, not even the password of the decoy", async () => {
  expect(await createPasswords().matches("no account has this password", undefined)).toBe(false);
});

test("in a flood, those who find a place are served and the rest is refused at once", async () => {
  const passwords = createPasswords({ atOnceMax: 1, waitingMax: 3 });
  const outcomes = await Promise.allSettled(Array.from({ length: 20 }, () => passwords.hash(password)));
  const refusals = outcomes.flatMap((outcome) => (outcome.status === "rejected" ? [outcome.reason as unknown] : []));
  expect(refusals).toHaveLength(16);
  expect(refusals.every((refusal) => refusal instanceof GuardedCallError && refusal.failure.kind === "saturated")).toBe(true);
});

test("a password that is the email is refused, however it is written", () => {
  expect(() => assertPassword("Ada.Lovelace@Example.com", "ada.lovelace@example.com")).toThrow("must not be the email");
});

test("a password that is long only before it is normalised is refused", () => {
  // Twelve characters as typed, six as kept.
  expect(() => assertPassword("u\u0308".repeat(6), "ada@example.com")).toThrow(/must have at least \d+ characters/);
});
