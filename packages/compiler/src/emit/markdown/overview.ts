import type { Model, Requirements } from "@archwright/model";
import { durationInWords } from "@archwright/model";
import { listed, percent, rate } from "../../lint/phrases.ts";
import { code, codes, heading, prose, table, type Markdown } from "./markdown.ts";
import { statedInWords } from "./questions.ts";

/** What is asked of the system as a whole. */
export function requirementsSection({ requirements }: Model): readonly string[] {
  const { users, tenants, clients, team, skills, budget, region, comply, availability, rpoMs, rtoMs, growthPerYear, pins } = requirements;
  const rows: readonly (readonly [string, Markdown | undefined])[] = [
    ["Users", users === undefined ? undefined : statedInWords({ quantity: users, say: (count) => `${count} a month` })],
    ["Tenants", tenants && tenantsInWords(tenants)],
    ["Clients", clients.length === 0 ? undefined : prose`${listed(clients)}`],
    ["Team", team === undefined ? undefined : statedInWords({ quantity: team, say: (people) => `${people} people` })],
    ["Skills", skills.length === 0 ? undefined : prose`${listed(skills)}`],
    ["Budget", budget && prose`${statedInWords({ quantity: budget.perMonth, say: String })} ${budget.currency} a month`],
    ["Region", region === undefined ? undefined : prose`${region}`],
    ["Rules to keep", comply.length === 0 ? undefined : prose`${listed(comply)}`],
    ["Availability", availability === undefined ? undefined : prose`${percent(availability)}`],
    ["Data that may be lost", rpoMs === undefined ? undefined : prose`the last ${durationInWords(rpoMs)}`],
    ["Back again within", rtoMs === undefined ? undefined : prose`${durationInWords(rtoMs)}`],
    [
      "Growth of the load",
      growthPerYear === undefined ? undefined : statedInWords({ quantity: growthPerYear, say: (more) => `${percent(more)} a year` }),
    ],
  ];
  const said = rows.flatMap(([name, value]) => (value ? [[name, value]] : []));
  const pinned = pins.map(({ decision, choose, because }) => [prose`${decision}`, code(choose), prose`${because}`]);
  return [
    ...(said.length === 0 ? [] : [...heading(2, "Requirements"), ...table(["What", "Asked for"], said)]),
    ...(pinned.length === 0 ? [] : [...heading(2, "Decisions taken"), ...table(["Decision", "Choice", "Because"], pinned)]),
  ];
}

function tenantsInWords({ count, largestShare }: NonNullable<Requirements["tenants"]>): Markdown {
  const all = statedInWords({ quantity: count, say: String });
  return largestShare === undefined
    ? all
    : prose`${all}, the largest with ${statedInWords({ quantity: largestShare, say: percent })} of the load`;
}

export function loadSection({ requirements: { load } }: Model): readonly string[] {
  const rows = load.map(({ operation, meanPerSecond, peakPerSecond }) => [
    code(operation),
    statedInWords({ quantity: meanPerSecond, say: rate }),
    peakPerSecond === undefined ? "" : statedInWords({ quantity: peakPerSecond, say: rate }),
  ]);
  return rows.length === 0 ? [] : [...heading(2, "Load"), ...table(["Operation", "Mean", "Peak"], rows)];
}

export function contextsSection(model: Model): readonly string[] {
  const rows = model.contexts.map(({ name, owner = "", domain = "", availability }) => {
    const own = <T extends { readonly context?: string; readonly name: string }>(items: readonly T[]): Markdown =>
      codes(items.filter(({ context }) => context === name).map((item) => item.name));
    const promised = availability === undefined ? "" : percent(availability);
    return [code(name), owner, domain, promised, own(model.entities), own(model.operations), own(model.events)];
  });
  return [...heading(2, "Contexts"), ...table(["Context", "Owner", "Domain", "Availability", "Entities", "Operations", "Events"], rows)];
}

export function rolesSection({ roles }: Model): readonly string[] {
  const rows = roles.map(({ name, actor, signUp }) => [
    code(name),
    actor === undefined ? "" : code(actor),
    signUp ? "by signing up" : "granted",
  ]);
  return rows.length === 0 ? [] : [...heading(2, "Roles"), ...table(["Role", "Is a row of", "Had"], rows)];
}

/** Findings that the author accepts, each with his reason. */
export function acceptedSection(model: Model): readonly string[] {
  const { contexts, entities, operations, integrations, jobs, requirements, name } = model;
  const named = [...contexts, ...integrations].map((item) => ({ id: item.name, accept: item.accept }));
  const items = [{ id: name, accept: requirements.accept }, ...named, ...entities, ...operations, ...model.events, ...jobs];
  const rows = items.flatMap(({ id, accept }) =>
    Object.entries(accept).map(([finding, reason]) => [code(id), code(finding), prose`${reason}`]),
  );
  return rows.length === 0 ? [] : [...heading(2, "Findings accepted"), ...table(["Item", "Finding", "Because"], rows)];
}
