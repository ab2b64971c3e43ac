import { routesOf } from "@archwright/model";
import { product, quotient, sum } from "../../formulas/formula.ts";
import { bytesPerGigabyte, msPerSecond } from "../../quantities/given.ts";
import { needThatNot, type Brief, type DecisionRule, type Need, type OptionRule } from "../rule.ts";
import { graphqlTerms, grpcTerms, restTerms, type StyleTerms } from "./api-style-terms.ts";
import { clientKindsOf } from "./client-kinds.ts";

/** By who speaks to the system, how many ways there are to read it, and what goes out. */
export const apiStyle: DecisionRule = {
  id: "api-style",
  area: "structure",
  question: "In which style do clients speak to it?",
  evidence: "general",
  sources: ["performance study 2: a graph of queries over PostgreSQL against plain routes"],
  propose: (brief) => {
    const routes = routesOf(brief.model);
    return routes.length === 0 ? [] : [{ options: optionsOf(brief, routes.filter(({ method }) => method === "GET").length) }];
  },
};

function optionsOf(brief: Brief, reads: number): readonly OptionRule[] {
  const { model } = brief;
  const clients = clientKindsOf(brief);
  const routes = `${reads} ${reads === 1 ? "route" : "routes"} that read`;
  return [
    optionOf(brief, restTerms(brief, clients, reads), {
      id: "rest",
      title: "REST with an OpenAPI document",
      because: `Whatever speaks HTTP can use the ${routes}, and every cache on the way understands them.`,
      consequence: "A screen that needs several things asks several times, or gets a route of its own.",
    }),
    optionOf(brief, graphqlTerms(clients), {
      id: "graphql",
      title: "GraphQL",
      because: `Each kind of client takes out of the ${routes} what its screen shows, in one request.`,
      consequence:
        "Nobody knows beforehand what a query costs, so that its depth and its price have to be limited, and caches on the way see one address.",
    }),
    optionOf(brief, grpcTerms, {
      id: "grpc",
      title: "gRPC",
      needs: [
        needThatNot(clients.web, "a browser cannot speak it without a translator in between"),
        needThatNot(clients.partner, "partners expect plain HTTP, which they can try by hand"),
      ],
      because: `Clients of ${model.name} that we build ourselves get their code from the contract, and fewer bytes.`,
      consequence: "Every client is generated anew when the contract changes, and no tool for plain HTTP can look into the traffic.",
    }),
  ];
}

type Words = Pick<OptionRule, "id" | "title" | "because" | "consequence"> & { readonly needs?: readonly Need[] };

/** Traffic and processors are on the bill of others: here they count for the choice. */
function optionOf(
  { quantities, price, decided, hourPrice }: Brief,
  { hours, workMs, size, latencyMs }: StyleTerms,
  words: Words,
): OptionRule {
  const traffic = product(quotient(quantities.work.egressBytes, bytesPerGigabyte), price("egress"), size);
  const cores = quotient(product(quantities.load.peak, workMs), msPerSecond);
  return {
    ...words,
    hoursPerMonth: hours,
    latencyMs,
    figures: [
      { id: "traffic", words: "what its answers cost to send in a month", unit: "money", formula: traffic },
      { id: "cores", words: "processors that are busy at the peak with reading and writing its format", unit: "cores", formula: cores },
    ],
    score: sum(traffic, product(cores, decided("hosting").figure("core-price")), product(hours, hourPrice)),
  };
}
