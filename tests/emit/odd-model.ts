import { assemble, type Model } from "@archwright/model";
import { context, integration, role, system, t, type Context } from "@archwright/model/language";

type Names = readonly [string, string, string, string];

/** A model of which every part is called by names that nobody should use, and that some grammar would take for its own. */
export function oddModel(...names: Names): Model {
  const [one, two, three, four] = names;
  const Left = context(`${one}1`, { owner: two, domain: "core" });
  const Right = context(`${two}2`, { owner: three });
  const { Thing, member } = oddEntities(Left, Right, names);
  const Happened = Right.event(`${one}11`, { [`${two}12`]: t.ref(Thing) });
  const errors = { [`${three}14`]: 409 as const };
  // Names that are only known now have no types: whatever they stand for is said to be right.
  const inner = Right.command(`${two}13`, {
    allow: "system",
    input: { thing: t.ref(Thing) },
    errors,
    body: ({ input, transition, fail, emit }) => {
      const thing = transition(Thing, input.thing, { [`${three}9`]: `${two}x` } as never, fail(`${three}14`));
      emit(Happened, { [`${two}12`]: thing.id });
    },
  });
  Left.command(`${four}15`, {
    allow: [member],
    deprecated: three,
    input: { thing: t.ref(Thing), [`${one}16`]: t.text().optional() },
    body: ({ input, atomic }) => atomic(inner, { thing: input["thing"] }),
  });
  const Outside = integration(`${one}17`, {
    calls: { [`${two}18`]: { p50: "1s", p99: "2s" } },
    webhooks: { [`${three}19`]: { thing: t.ref(Thing) } },
    holds: [four],
    onFailure: { timeout: "1s", retries: 1, then: "queue" },
  });
  Left.command(`${one}20`, { calls: [Outside[`${two}18`] as never], handle: async () => {} });
  Right.on(Outside.webhooks[`${three}19`] as never, inner as never);
  Left.message(`${two}21`, {
    on: Happened,
    to: (event) => event[`${two}12`] as never,
    by: ["email"],
    subject: one as "",
    text: four as "",
  });
  Right.job(`${three}22`, { cron: "0 3 * * *", zone: four, runs: inner, accept: { [one]: two } });
  const requirements = { region: one as never, comply: [two] as never, pin: { broker: { choose: "x" as never, because: three } } };
  return assemble(system(four, { contexts: [Left, Right], ...requirements, accept: { [four]: one } })).model;
}

function oddEntities<L extends string, R extends string>(Left: Context<L>, Right: Context<R>, [one, two, three, four]: Names) {
  const Person = Left.entity(`${three}3`, { id: t.id("per"), [`${four}4`]: t.text().pii("consent", "1d").deprecated(one) });
  const member = role(`${four}10`, Person, { signUp: true });
  const fields = {
    id: t.id("thg"),
    [`${one}6`]: t.ref(Person).unique(),
    [`${two}7`]: t.list({ [`${three}8`]: t.money("EUR") }).min(1),
    [`${three}9`]: t.state({ [one]: [`${two}x`], [`${two}x`]: [] }),
  };
  const Thing = Right.entity(`${four}5`, fields, {
    invariants: { [`it is ${four}`]: (row) => row.id.ne(row.id) },
    access: [{ role: member, can: ["read", "list", "delete"], where: (row) => row.id.in([`${one}${two}${three}${four}` as never]) }],
  });
  return { Thing, member };
}
