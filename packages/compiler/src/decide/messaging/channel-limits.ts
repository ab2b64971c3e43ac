import { constant } from "../../formulas/formula.ts";

/** How soon, how surely and with how much upkeep each way brings a message to people. */

export const greylisting = constant(
  "channel-greylisting",
  "time after which a mail of an unknown server arrives at the latest",
  900_000,
  "ms",
  "general",
  "greylisting: refused once, taken a quarter of an hour later",
  [300_000, 3_600_000],
);
export const providerMs = constant(
  "channel-provider",
  "time after which a message of a provider arrives, 99 of a hundred",
  20_000,
  "ms",
  "general",
  "to be measured by their reports",
  [5_000, 120_000],
);
export const pushMs = constant(
  "channel-push",
  "time after which a pushed note arrives on a phone that is on",
  5_000,
  "ms",
  "general",
  "to be measured",
  [1_000, 60_000],
);
export const ownMailsMax = constant(
  "channel-own-ceiling",
  "mails in a second that one address of our own may send without being taken for a sender of spam",
  5,
  "/s",
  "general",
  "warmed up, with a good name",
  [0.5, 20],
);
export const pushReach = constant(
  "channel-push-reach",
  "share of people who have the app and let it push",
  0.5,
  "share",
  "general",
  "to be measured",
  [0.1, 0.9],
);
export const needed = constant(
  "channel-needed-reach",
  "share of people whom a message must reach that nobody can refuse",
  0.95,
  "share",
  "general",
  "some addresses are always wrong",
);
export const wished = constant(
  "channel-wished-reach",
  "share of people whom a message should reach that one may refuse",
  0.3,
  "share",
  "general",
  "who wants it has the app",
);
export const mailReach = constant(
  "channel-mail-reach",
  "share of people whom a mail or a text message reaches",
  0.97,
  "share",
  "general",
  "bounces and spam folders",
);
export const ownReach = constant(
  "channel-own-reach",
  "share of people whom a mail of our own server reaches",
  0.95,
  "share",
  "general",
  "more of it is taken for spam",
  [0.7, 0.98],
);
export const ownHours = constant(
  "channel-own-hours",
  "upkeep of a mail server",
  4,
  "hours",
  "general",
  "its name with the large receivers, keys, bounces, patches",
);
export const providerHours = constant(
  "channel-provider-hours",
  "upkeep of an account with a provider",
  0.5,
  "hours",
  "general",
  "bounces and keys",
);
export const pushHours = constant(
  "channel-push-hours",
  "upkeep of pushing",
  1,
  "hours",
  "general",
  "certificates and tokens of two stores",
);
