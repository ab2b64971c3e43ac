import { t } from "@archwright/model/language";
import { expect, test } from "vitest";
import { findings, modelOf, sample } from "../../testing.ts";
import { copySaysBasis } from "./copy-says-basis.ts";

function withGreet(copied: "email" | "id") {
  const { Identity, User, contexts } = sample();
  const UserGreeted = Identity.event("UserGreeted", { text: t.text() });
  Identity.command("greet", {
    allow: "anyone",
    input: { user: t.ref(User) },
    body: ({ input, get, emit }) => {
      const user = get(User, input.user);
      emit(UserGreeted, { text: user[copied] });
    },
  });
  return modelOf(contexts);
}

test("personal data that flows into a field which does not say so is reported with all three places", () => {
  expect(findings(copySaysBasis, withGreet("email"))).toMatchInlineSnapshot(`
    "warning[privacy/copy-says-basis] at identity.greet
      identity.greet copies identity.User.email, which is personal, into identity.UserGreeted.text, which does not say so.
      why: The copy is kept for ever: nobody who deletes the person's data knows that it is there.
      fix: Copy the id of the row instead, or add .pii(ground, time) to identity.UserGreeted.text."
  `);
});

test("a name that is copied to a thing is reported, though things may have names", () => {
  const { Identity, User, customer, contexts } = sample();
  const Label = Identity.entity("Label", { id: t.id("lbl"), name: t.text().max(80) }, { access: [{ role: customer, can: ["read"] }] });
  Identity.command("printLabel", {
    allow: [customer],
    input: { user: t.ref(User) },
    idempotent: "no",
    body: ({ input, get, create }) => void create(Label, { name: get(User, input.user).email }),
  });
  expect(findings(copySaysBasis, modelOf(contexts))).toContain("into identity.Label.name, which does not say so");
});

test("the id of a person is accepted", () => {
  expect(findings(copySaysBasis, withGreet("id"))).toBe("");
});
