import type { Entity } from "@archwright/model";
import { constant, one, product, quotient, sum, when, zero, type Formula } from "../../formulas/formula.ts";
import { bytesPerGigabyte, secondsPerYear, whether } from "../../quantities/given.ts";
import { fewOf } from "../listing.ts";
import { needThatNot, type Brief, type DecisionRule, type OptionRule } from "../rule.ts";
import { isBoundBy, lawsInWords } from "./compliance.ts";
import { machineRoles } from "./people.ts";
import { personalFields } from "./sensitive-fields.ts";

const entryBytes = constant(
  "audit-entry",
  "bytes of an entry: who, what, when, from where",
  300,
  "bytes",
  "general",
  "to be measured",
  [150, 1_000],
);
const years = constant("audit-years", "years that entries are kept", 1, "count", "general", "SOC 2: the period of an audit", [0.5, 3]);
const healthYears = constant(
  "audit-health-years",
  "years that entries about health data are kept",
  6,
  "count",
  "sourced",
  "HIPAA, 45 CFR 164.316(b)(2)(i)",
);
const tableHours = constant(
  "audit-table-hours",
  "hours a month for a table that grows, and for questions to it",
  0.3,
  "hours",
  "general",
  "to be counted",
  [0.1, 2],
);
const logHours = constant(
  "audit-log-hours",
  "hours a month for a log that nobody may change, and its seals",
  1,
  "hours",
  "general",
  "to be counted",
  [0.25, 4],
);

export const audit: DecisionRule = {
  id: "audit",
  area: "security",
  question: "Where does it stand who did what?",
  evidence: "general",
  sources: ["SOC 2, CC7.2", "HIPAA, 45 CFR 164.312(b) (audit controls)", "OWASP ASVS 5.0, V16"],
  propose: (brief) => (brief.model.operations.every(({ allow }) => allow.kind === "system") ? [] : [{ options: optionsOf(brief) }]),
};

function optionsOf(brief: Brief): readonly OptionRule[] {
  const { model, price } = brief;
  const isHealth = isBoundBy(brief, "hipaa");
  const audited = isBoundBy(brief, "soc2", "hipaa");
  const seen = model.entities.filter(isSeenByOthers);
  const gigabytes = quotient(
    product(entriesOf(brief, isHealth), secondsPerYear, when(isHealth, healthYears, years), entryBytes),
    bytesPerGigabyte,
  );
  const size = (formula: Formula): OptionRule["figures"] & object => [
    { id: "kept", words: "bytes that are kept", unit: "bytes", formula: product(formula, bytesPerGigabyte) },
  ];
  return [
    {
      id: "none",
      title: "the request log alone",
      needs: [
        needThatNot(
          audited,
          `under ${lawsInWords(brief, "soc2", "hipaa")} one has to show who did what, and a request log is gone after weeks`,
        ),
        needThatNot(
          whether("audit.seen-by-others", "some may look at data about people that is not their own", seen.length > 0, model.name),
          `some may look at every ${fewOf(seen.map(({ name }) => name))}, and nobody could tell who did`,
        ),
      ],
      bill: [],
      hoursPerMonth: zero,
      figures: size(zero),
      because: "Everybody sees no more about people than what is his own.",
      consequence: "When something was changed nobody can say by whom.",
    },
    {
      id: "table",
      title: "an audit table, written with the change",
      needs: [needThatNot(isHealth, "whoever runs the database could change it afterwards, and with it the proof")],
      bill: [{ component: "audit", words: "storage of the database for the entries", cost: product(gigabytes, price("storage")) }],
      hoursPerMonth: tableHours,
      figures: size(gigabytes),
      because: "The entry is there if and only if the change is.",
      consequence: "Every change writes one row more, and whoever owns the database can rewrite it.",
    },
    {
      id: "append-only-log",
      title: "a sealed audit log outside of the database",
      bill: [{ component: "audit", words: "objects that nobody may change", cost: product(gigabytes, price("objects")) }],
      hoursPerMonth: logHours,
      figures: size(gigabytes),
      because: "Nobody can change afterwards what stands there, not even whoever runs the database.",
      consequence: "Entries arrive a moment after the change, and a question to them is a search through files.",
    },
  ];
}

/** Where an access rule without a condition lets a role look at rows about people. */
function isSeenByOthers({ id, fields, access }: Entity): boolean {
  const isOpen = access.some(({ can, where }) => where === undefined && can.some((action) => action === "read" || action === "list"));
  return isOpen && personalFields(fields, id).length > 0;
}

/** A second, on the average, by people: changes, and under a health law looks as well. */
function entriesOf({ model, quantities }: Brief, isHealth: Formula): Formula {
  const machines = new Set(machineRoles(model).map(({ name }) => name));
  // What a device sends is itself the record of it.
  const outside = model.operations.filter(
    ({ allow }) => allow.kind !== "system" && !(allow.kind === "roles" && allow.roles.every((role) => machines.has(role))),
  );
  return sum(...outside.map(({ id, kind }) => product(quantities.load.meanOf(id), kind === "command" ? one : isHealth)));
}
