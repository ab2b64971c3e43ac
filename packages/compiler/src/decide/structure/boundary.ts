import { difference, exact, greatest, one, product, quotient, sum, zero, type Formula } from "../../formulas/formula.ts";
import { counted, whether } from "../../quantities/given.ts";
import { counted as countOf } from "../../lint/phrases.ts";
import { fewOf } from "../listing.ts";
import { needAtLeast, needThat, type Brief, type DecisionRule, type Need, type OptionRule } from "../rule.ts";
import { blurHours, couplingNeeds, crossingHours, moveHours, sharedWith, sizeNeeds, sizeOf, type Size } from "./boundary-terms.ts";
import { contextShapesOf, type ContextShape } from "./context-shape.ts";

/** By what contexts share, by what each of them holds, and by the people who own it. */
export const boundary: DecisionRule = {
  id: "boundary",
  area: "structure",
  question: "Is a context cut where it should be?",
  evidence: "general",
  sources: ["catalogue of decisions, 4 (monolith or split): by teams, not by nouns"],
  propose: (brief) => {
    const shapes = contextShapesOf(brief.facts);
    const byName = new Map(shapes.map((shape) => [shape.context.name, shape]));
    return shapes.flatMap((shape) => {
      const options = optionsOf(brief, shape, byName.get(shape.neighbour?.context.name ?? ""));
      return options.length === 1
        ? []
        : [{ about: shape.context.name, question: `Is ${shape.context.name} cut where it should be?`, options }];
    });
  },
};

function optionsOf(brief: Brief, shape: ContextShape, other: ContextShape | undefined): readonly OptionRule[] {
  const size = sizeOf(shape);
  const { context, neighbour } = shape;
  const keep = optionOf(size, size.dependencies, zero, {
    id: "keep",
    title: "the boundary as it is",
    needs: [...sizeNeeds(brief, context.name, size), ...couplingNeeds(shape, size)],
    because: `${context.name} has ${fewOf(shape.entities.map(({ name }) => name)) || "operations"} to itself${neighbour ? "" : ", and leans on nobody"}.`,
    consequence: neighbour
      ? `What ${context.name} and ${neighbour.context.name} share has to stay compatible: ${sharedInWords(neighbour.dependencies)}.`
      : `Whoever needs something of ${context.name} asks by its operations and events.`,
  });
  return [
    keep,
    ...(neighbour && other ? [merge(brief, shape, size, { ...neighbour, size: sizeOf(other) })] : []),
    ...(shape.entities.length > 1 ? [divide(brief, shape, size)] : []),
  ];
}

const sharedInWords = (dependencies: number): string =>
  dependencies === 1 ? "a single reference or call" : `${dependencies} references and calls`;

function merge(
  brief: Brief,
  { context }: ContextShape,
  size: Size,
  neighbour: NonNullable<ContextShape["neighbour"]> & { readonly size: Size },
): OptionRule {
  const name = neighbour.context.name;
  const both = { entities: sum(size.entities, neighbour.size.entities), operations: sum(size.operations, neighbour.size.operations) };
  const shared = sharedWith(context.name, neighbour);
  const moved = product(sum(size.entities, size.operations), moveHours);
  return optionOf(size, difference(size.dependencies, shared), sum(blurHours, moved), {
    id: "merge-with-neighbour",
    title: `a merger with ${name}`,
    needs: [
      needThat(
        whether(`${context.name}.same-owner`, `${context.name} and ${name} have the same owner`, neighbour.isOfSameOwner, context.name),
        `${context.name} and ${name} belong to different teams`,
      ),
      ...sizeNeeds(brief, `${context.name} with ${name}`, both),
    ],
    because: `What ${context.name} and ${name} share would become a matter of one context: ${sharedInWords(neighbour.dependencies)}${neighbour.bindings > 0 ? ", in one transaction anyway" : ""}.`,
    consequence: `Its words and those of ${name} have to agree, and the two can no longer be released or restored apart.`,
  });
}

function divide(brief: Brief, { context: { name }, parts, seams }: ContextShape, size: Size): OptionRule {
  const half = exact(2);
  const cut = counted(`${name}.seams`, `references inside ${name} that a division would cut at most`, seams, name);
  const apart = counted(`${name}.parts`, `groups of entities of ${name} that no transaction writes together`, parts.length, name);
  return optionOf(
    size,
    sum(size.dependencies, cut),
    sum(blurHours, product(quotient(sum(size.entities, size.operations), half), moveHours)),
    {
      id: "divide",
      title: "a division in two",
      needs: [
        needAtLeast(apart, half, `one transaction holds ${name} together`),
        ...sizeNeeds(brief, `half of ${name}`, { entities: quotient(size.entities, half), operations: quotient(size.operations, half) }),
      ],
      because:
        parts.length > 1
          ? `${fewOf(parts.map((names) => fewOf(names, 2)))} are never written together.`
          : `${name} would be two smaller things to understand.`,
      consequence:
        seams > 0
          ? `Up to ${countOf(seams, "reference")} inside ${name} would point to another context.`
          : `Somebody has to own the second half of ${name}.`,
    },
  );
}

type Words = Pick<OptionRule, "id" | "title" | "because" | "consequence"> & { readonly needs: readonly Need[] };

function optionOf(size: Size, crossing: Formula, more: Formula, words: Words): OptionRule {
  return {
    ...words,
    hoursPerMonth: sum(product(crossing, crossingHours), more),
    figures: [
      { id: "crossing", words: "references and calls across the boundary", unit: "count", formula: crossing },
      { id: "per-entity", words: "of these for each entity", unit: "count", formula: quotient(crossing, greatest(one, size.entities)) },
    ],
  };
}
