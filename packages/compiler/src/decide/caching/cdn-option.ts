import { constant, difference, greatest, least, named, one, product, quotient, sum, zero, type Formula } from "../../formulas/formula.ts";
import { hoursPerMonth, msPerSecond, perMillion, secondsPerMonth } from "../../quantities/given.ts";
import { databaseUse, databaseWorkPrice } from "../database-core-price.ts";
import type { Brief, Need, OptionRule } from "../rule.ts";
import { cachedReadsOf } from "./cached-reads.ts";
import type { Outgoing } from "./outgoing.ts";

const farMs = constant("cdn-far", "round trip to another continent", 150, "ms", "general", "light in glass, there and back", [100, 300]);
const edgeMs = constant("cdn-near", "round trip to the next place of a content network", 20, "ms", "general", "usual in cities", [5, 50]);
const edges = constant(
  "cdn-edges",
  "places of a content network that each fetch for themselves",
  10,
  "count",
  "general",
  "regional caches of a large one",
  [1, 100],
);
const fileHits = constant(
  "cdn-file-hits",
  "share of files that a content network has",
  0.9,
  "share",
  "general",
  "files do not change under their name",
  [0.6, 0.99],
);
const bulkGigabytes = constant(
  "cdn-bulk",
  "GB in a month beyond which what goes out costs less",
  150_000,
  "count",
  "general",
  "a step of the price lists; larger contracts are negotiated",
);
const fileMs = constant(
  "cdn-file-work",
  "work of the application to hand out a file",
  1,
  "ms",
  "general",
  "access check and a stream; to be measured",
  [0.3, 10],
);
const edgeAvailability = constant(
  "cdn-availability",
  "availability of a content network",
  0.999,
  "share",
  "general",
  "usual promise of its providers",
);

export interface Edge extends Pick<OptionRule, "id" | "title" | "because" | "consequence"> {
  readonly needs: readonly Need[];
  readonly files: boolean;
  readonly pages: boolean;
  readonly hours: Formula;
}

/** An option with what it hands out, and with what that costs here and there. */
export function cdnOption(brief: Brief, out: Outgoing, { files, pages, hours, ...option }: Edge): OptionRule {
  const { price } = brief;
  const edgeGigabytes = sum(files ? out.fileGigabytes : zero, pages ? out.publicGigabytes : zero);
  const direct = difference(sum(out.answerGigabytes, out.fileGigabytes), edgeGigabytes);
  const asked = product(sum(files ? out.filesPerSecond : zero, pages ? out.publicPerSecond : zero), secondsPerMonth);
  const pageHits = pages ? pageHitShare(brief, out) : zero;
  const origin = originCost(brief, out, { files, pages });
  const cost = sum(
    inBulk(direct, price("egress"), price("egress-bulk")),
    inBulk(edgeGigabytes, price("cdn-egress"), price("cdn-egress-bulk")),
    product(quotient(asked, perMillion), price("cdn-requests")),
  );
  const waitFar = (hits: Formula): Formula => sum(product(hits, edgeMs), product(difference(one, hits), farMs));
  return {
    ...option,
    bill: [{ component: "egress", words: "what goes out to the internet", cost }],
    hoursPerMonth: hours,
    figures: [
      { id: "gigabytes", words: "GB that go out of the cloud itself in a month", unit: "count", formula: direct },
      { id: "far-file", words: "round trip of somebody far away for a file", unit: "ms", formula: waitFar(files ? fileHits : zero) },
      { id: "far-page", words: "round trip of somebody far away for a public answer", unit: "ms", formula: waitFar(pageHits) },
      { id: "origin-cost", words: "what the server's work for files and public answers costs in a month", unit: "money", formula: origin },
      {
        id: "edge-availability",
        words: "availability of what hands them out",
        unit: "share",
        formula: files || pages ? edgeAvailability : one,
      },
    ],
    score: sum(cost, origin, product(hours, brief.hourPrice)),
  };
}

/** Whoever sends much pays less for what is beyond. */
const inBulk = (gigabytes: Formula, price: Formula, beyond: Formula): Formula =>
  sum(product(least(gigabytes, bulkGigabytes), price), product(greatest(zero, difference(gigabytes, bulkGigabytes)), beyond));

/** Each place of the network asks for itself. */
const edgeHits = (brief: Brief, id: string): Formula =>
  cachedReadsOf(brief).expiryHitShareOf(id, quotient(brief.quantities.load.peakOf(id), edges));

function pageHitShare(brief: Brief, { publicQueries }: Outgoing): Formula {
  const { load } = brief.quantities;
  const rate = sum(...publicQueries.map(({ id }) => load.peakOf(id)));
  const hits = sum(...publicQueries.map(({ id }) => product(load.peakOf(id), edgeHits(brief, id))));
  return named("cdn.page-hits", "share of public answers that a content network has", "share", quotient(hits, rate));
}

function originCost(
  brief: Brief,
  { publicQueries, filesPerSecond }: Outgoing,
  { files, pages }: { files: boolean; pages: boolean },
): Formula {
  const { load, work } = brief.quantities;
  const served = files ? product(filesPerSecond, difference(one, fileHits)) : filesPerSecond;
  const missed = publicQueries.map(({ id }) => ({
    id,
    rate: pages ? product(load.peakOf(id), difference(one, edgeHits(brief, id))) : load.peakOf(id),
  }));
  const busyMs = sum(product(served, fileMs), ...missed.map(({ id, rate }) => product(rate, work.applicationMsOf(id))));
  const application = product(quotient(busyMs, product(msPerSecond, databaseUse)), brief.price("vcpu-hour"), hoursPerMonth);
  return sum(application, ...missed.map(({ id, rate }) => databaseWorkPrice(brief, rate, work.databaseMsOf(id))));
}
