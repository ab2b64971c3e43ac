import { t } from "@archwright/model/language";
import { expect, test } from "vitest";
import { modelOf, sample } from "../../lint/testing.ts";
import { verdictOf, type Verdict } from "../testing.ts";
import { messagesChannel } from "./messages-channel.ts";

interface Facts {
  readonly by?: readonly ("email" | "sms" | "push")[];
  readonly within?: "1m" | "1d";
  readonly optOut?: true;
}

function orders({ by = ["email"], within, optOut }: Facts) {
  const { Orders, User, customer, contexts } = sample();
  const Placed = Orders.event("Placed", { buyer: t.ref(User) });
  const place = Orders.command("place", { allow: [customer], emits: [Placed], async handle() {} });
  Orders.message("thanks", {
    on: Placed,
    to: (event) => event.buyer,
    by,
    subject: "Thank you",
    text: "We have it.",
    ...(within && { within }),
    ...(optOut && { optOut }),
  });
  return modelOf(contexts, { load: [{ on: place, mean: "0.1/s", peak: "0.5/s" }] });
}

const decided = (facts: Facts, answers: Record<string, number> = {}): Verdict =>
  verdictOf(orders(facts), "messages-channel:orders.thanks", answers, [messagesChannel]);

test("a provider is cheaper than a server of one's own, up to 0.83 mails a second", () => {
  expect(decided({}, { "orders.place.mean": 0.8 }).chosen).toBe("provider");
  expect(decided({}, { "orders.place.mean": 0.85 }).chosen).toBe("own-smtp");
});

test("a mail that must be there in a minute does not come from an unknown server", () => {
  const { chosen, options } = decided({ within: "1m" }, { "orders.place.mean": 3 });
  expect(chosen).toBe("provider");
  expect(options["own-smtp"]?.ruledOutBy).toEqual(["thanks would come too late"]);
  expect(decided({ within: "1d" }, { "orders.place.mean": 3 }).chosen).toBe("own-smtp");
});

test("more than five mails a second need a sender with a name", () => {
  const { options } = decided({}, { "orders.place.peak": 5.1 });
  expect(options["own-smtp"]?.ruledOutBy).toEqual(["one address that sends more is taken for a sender of spam"]);
});

test("what everybody must have is not only pushed", () => {
  const { chosen, options } = decided({ by: ["email", "push"] });
  expect(chosen).toBe("provider");
  expect(options["push"]?.ruledOutBy).toEqual(["too few of those whom thanks concerns would have it"]);
});

test("what one may refuse is pushed where text messages would cost more", () => {
  expect(decided({ by: ["sms", "push"], optOut: true }).chosen).toBe("push");
  expect(decided({ by: ["sms", "push"] }).chosen).toBe("provider");
});

test("a message that can go one way only, which is no mail, is not asked about", () => {
  expect(() => decided({ by: ["push"] })).toThrow("There is no decision messages-channel:orders.thanks");
});
