import type { Message } from "@archwright/model";
import { exact, product, quotient, type Formula } from "../../formulas/formula.ts";
import { counted, given, perMillion, secondsPerMonth, whether } from "../../quantities/given.ts";
import { needAtLeast, needAtMost, needThat, type Brief, type DecisionRule, type Need, type OptionRule } from "../rule.ts";
import * as limit from "./channel-limits.ts";

/** By which way a message goes. What is kept up for all messages is shared among them. */
export const messagesChannel: DecisionRule = {
  id: "messages-channel",
  area: "messaging",
  question: "By which way do messages reach people?",
  evidence: "general",
  sources: ["prices of mails, text messages and pushed notes"],
  propose: (brief) =>
    brief.model.messages
      .filter(({ by }) => by.includes("email") || by.length > 1)
      .map((message) => ({
        about: message.id,
        question: `By which way does ${message.name} reach people?`,
        options: optionsOf(message, brief),
      })),
};

function optionsOf(message: Message, brief: Brief): readonly OptionRule[] {
  const { model, price, quantities } = brief;
  const { name, by } = message;
  const mean = quantities.load.eventMeanOf(message.event);
  const perMonth = product(mean, secondsPerMonth);
  const sharers = counted("messages", `messages of ${model.name}`, model.messages.length, model.name);
  const isMail = whether(`${message.id}.by-mail`, `${name} may go by mail`, by.includes("email"), message.id);
  const isSent = whether(
    `${message.id}.by-provider`,
    `${name} may go by mail or text message`,
    by.includes("email") || by.includes("sms"),
    message.id,
  );
  const isPushed = whether(`${message.id}.by-push`, `${name} may be pushed`, by.includes("push"), message.id);
  const each = by.includes("email") ? quotient(price("email"), exact(1_000)) : price("sms");
  const way = (reach: Formula, delay: Formula) => ({ needs: reaches(message, reach, delay), figures: figures(reach, delay) });
  const own = way(limit.ownReach, limit.greylisting);
  const sent = way(limit.mailReach, limit.providerMs);
  const pushed = way(limit.pushReach, limit.pushMs);
  return [
    {
      id: "own-smtp",
      title: "a mail server of one's own",
      ...own,
      needs: [
        needThat(isMail, `${name} does not go by mail`),
        needAtMost(
          quantities.load.eventPeakOf(message.event),
          limit.ownMailsMax,
          "one address that sends more is taken for a sender of spam",
        ),
        ...own.needs,
      ],
      bill: [{ component: "messages", words: `a share of a mail server for ${name}`, cost: quotient(price("machine-small"), sharers) }],
      hoursPerMonth: quotient(limit.ownHours, sharers),
      because: `So many mails of ${name} go out that a provider would cost more than a server and its upkeep.`,
      consequence: "Whether mails arrive hangs on the name that the server has with a few large receivers.",
    },
    {
      id: "provider",
      title: "a provider of mails and text messages",
      ...sent,
      needs: [needThat(isSent, `${name} goes neither by mail nor by text message`), ...sent.needs],
      bill: [{ component: "messages", words: `${name}, each by the provider`, cost: product(perMonth, each) }],
      hoursPerMonth: quotient(limit.providerHours, sharers),
      because: `${name} has to arrive, and a provider's mails are let through.`,
      consequence: "A third party holds addresses and texts, and has to be named as one that processes them.",
    },
    {
      id: "push",
      title: "a note pushed to the phone",
      ...pushed,
      needs: [needThat(isPushed, `${name} is not to be pushed`), ...pushed.needs],
      bill: [{ component: "messages", words: `${name}, each pushed`, cost: product(quotient(perMonth, perMillion), price("push")) }],
      hoursPerMonth: quotient(limit.pushHours, sharers),
      because: `${name} need not reach everybody, and costs nearly nothing where it is pushed.`,
      consequence: "Who has no app, or has refused, never hears of it.",
    },
  ];
}

function reaches({ id, name, withinMs, optOut }: Message, reach: Formula, delay: Formula): readonly Need[] {
  const toReach = needAtLeast(reach, optOut ? limit.wished : limit.needed, `too few of those whom ${name} concerns would have it`);
  if (withinMs === undefined) return [toReach];
  const within = given(`${id}.within`, `time within which ${name} must be sent`, "ms", withinMs, id);
  return [toReach, needAtMost(delay, within, `${name} would come too late`)];
}

const figures = (reach: Formula, delay: Formula) =>
  [
    { id: "reach", words: "share of people whom it reaches", unit: "share", formula: reach },
    { id: "delay", words: "time until 99 of a hundred have it", unit: "ms", formula: delay },
  ] as const satisfies OptionRule["figures"];
