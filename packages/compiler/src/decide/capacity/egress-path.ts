import { constant, or, product, quotient, sum, zero, type Formula } from "../../formulas/formula.ts";
import { bytesPerGigabyte, secondsPerMonth, whether } from "../../quantities/given.ts";
import { needThatNot, type Brief, type DecisionRule, type OptionFigure, type OptionRule } from "../rule.ts";

const endpoints = constant(
  "egress-path-endpoints",
  "services of the cloud that are called: images, logs, secrets, keys",
  4,
  "count",
  "general",
  "usual for containers",
  [2, 8],
);
const imageBytes = constant(
  "egress-path-images",
  "bytes of images and logs in a month",
  20e9,
  "bytes",
  "general",
  "a release on every second day",
  [2e9, 200e9],
);
const callBytes = constant(
  "egress-path-call",
  "bytes of a call of a third party, there and back",
  6_000,
  "bytes",
  "general",
  "with its TLS handshake now and then",
  [2_000, 50_000],
);
const pathHours = constant(
  "egress-path-hours",
  "hours in a month for gateways or endpoints",
  0.25,
  "hours",
  "general",
  "routes and rights",
  [0.1, 1],
);

/** Catalogue of decisions, 45. */
export const egressPath: DecisionRule = {
  id: "egress-path",
  area: "capacity",
  question: "By which way does it reach what lies outside of its network?",
  evidence: "sourced",
  sources: ["catalogue of decisions, 45 (gateway or endpoints)"],
  propose: (brief) => [{ options: optionsOf(brief) }],
};

function optionsOf({ model, quantities, price, decided }: Brief): readonly OptionRule[] {
  const { integrations, messages } = model;
  const hosting = decided("hosting");
  const zones = decided("zones").figure("zones");
  const isPrivate = or(hosting.is("containers"), hosting.is("kubernetes"), hosting.is("serverless"));
  const callsOutside = whether(
    "calls-outside",
    "third parties are called, or messages are sent",
    integrations.length + messages.length > 0,
    model.name,
  );
  const calls = integrations.flatMap((integration) => integration.calls.map(({ id }) => quantities.load.meanOf(id)));
  const bytes = sum(imageBytes, product(sum(...calls), secondsPerMonth, callBytes));
  const gigabytes = quotient(bytes, bytesPerGigabyte);
  const whom = integrations.length > 0 ? integrations.map(({ name }) => name).join(", ") : "mail and message services";
  const figures = (formula: Formula): readonly OptionFigure[] => [
    { id: "gateways", words: "gateways or endpoints", unit: "count", formula },
  ];
  return [
    {
      id: "none-needed",
      title: "public addresses, and no gateway",
      needs: [needThatNot(isPrivate, "what runs in a private network has no address of its own")],
      bill: [],
      hoursPerMonth: zero,
      figures: figures(zero),
      because: `What ${model.name} runs on has a way out already.`,
      consequence: "Its address may change: a third party that lets in only known addresses needs something more.",
    },
    {
      id: "endpoints",
      title: "private endpoints",
      needs: [needThatNot(callsOutside, "endpoints lead to services of the cloud, not to third parties or mail services")],
      bill: [{ component: "network", words: "private endpoints in every zone", cost: product(endpoints, zones, price("endpoint")) }],
      hoursPerMonth: pathHours,
      figures: figures(product(endpoints, zones)),
      because: `${model.name} calls nothing but services of its cloud, which it reaches without leaving the network.`,
      consequence: "The first third party that is called needs a gateway all the same.",
    },
    {
      id: "nat",
      title: "a NAT gateway in every zone",
      bill: [
        { component: "network", words: "a gateway in every zone", cost: product(zones, price("nat")) },
        { component: "network", words: "what passes the gateways", cost: product(gigabytes, price("nat-traffic")) },
      ],
      hoursPerMonth: pathHours,
      figures: figures(zones),
      because: `It reaches ${whom}, from addresses that stay the same.`,
      consequence: "Whatever goes out is paid for by the gigabyte, images and logs among it.",
    },
  ];
}
