import { t } from "@archwright/model/language";
import { expect, test } from "vitest";
import { findings, modelOf, sample } from "../../testing.ts";
import { copyIsKeptNoLonger } from "./copy-is-kept-no-longer.ts";

function withGreet(keep: "30d" | "365d") {
  const { Identity, User, contexts } = sample();
  const UserGreeted = Identity.event("UserGreeted", { email: t.email().pii("contract", keep) });
  Identity.command("greet", {
    allow: "anyone",
    input: { user: t.ref(User) },
    body: ({ input, get, emit }) => {
      const { email } = get(User, input.user);
      emit(UserGreeted, { email });
    },
  });
  return modelOf(contexts);
}

test("a copy that outlives its original is reported with all three places", () => {
  expect(findings(copyIsKeptNoLonger, withGreet("365d"))).toMatchInlineSnapshot(`
    "warning[privacy/copy-is-kept-no-longer] at identity.greet
      identity.greet copies identity.User.email, which may be kept for 90 d, into identity.UserGreeted.email, which keeps it for 365 d.
      why: What was promised to be gone after 90 d is still there.
      fix: Keep identity.UserGreeted.email for 90 d at most, or say the longer time at identity.User.email as well."
  `);
});

test("a copy that is kept for a shorter time is accepted", () => {
  expect(findings(copyIsKeptNoLonger, withGreet("30d"))).toBe("");
});
