import { constant, one, zero, type Formula } from "../../formulas/formula.ts";

/** What a framework asks of a team, whatever it builds with it. */
export interface FrameworkTerms {
  readonly id: string;
  readonly title: string;
  readonly skill: "typescript" | "java" | "python" | "csharp" | "go";
  readonly language: string;
  /** Hours in a month for everything once, and for each part. */
  readonly baseHours: Formula;
  readonly partHours: Formula;
  /** Work of a request over that of our own runtime. */
  readonly work: Formula;
  readonly consequence: string;
}

const baseOf = (id: string, value: number, source: string, range: readonly [number, number]): Formula =>
  constant(`framework-${id}-base`, `hours in a month for what every backend on ${id} needs once`, value, "hours", "general", source, range);
const partOf = (id: string, value: number): Formula =>
  constant(
    `framework-${id}-part`,
    `hours in a month for a route, a reaction or a job on ${id}, besides what it is for`,
    value,
    "hours",
    "general",
    "validation, access, contract and tests by hand; to be calibrated by the team",
    [value / 4, value * 4],
  );
const workOf = (id: string, value: number, range: readonly [number, number], source: string): Formula =>
  constant(`framework-${id}-work`, `work of a request on ${id} over that of our own runtime`, value, "count", "general", source, range);

const toMeasure = "every protection switched on; to be measured";

export const archwright: FrameworkTerms = {
  id: "archwright",
  title: "Archwright, which runs the model",
  skill: "typescript",
  language: "TypeScript",
  baseHours: baseOf("archwright", 4, "a young runtime: what surprises and has to be followed", [1, 20]),
  partHours: zero,
  work: one,
  consequence: "It is young and few know it, so that the way out has to stay open: plain Fastify, plain PostgreSQL, standard contracts.",
};

export const others: readonly FrameworkTerms[] = [
  {
    id: "fastify",
    title: "Fastify with code by hand",
    skill: "typescript",
    language: "TypeScript",
    baseHours: baseOf("fastify", 5, "sign-in, idempotency, outbox, limits and telemetry are chosen and kept together", [2, 20]),
    partHours: partOf("fastify", 0.25),
    work: workOf("fastify", 2, [1.1, 4.6], "bench/throughput: 1.1 for an order to 4.6 for a point read"),
    consequence: "Nothing but discipline keeps the code, the contract and the rules of access alike.",
  },
  {
    id: "spring",
    title: "Spring Boot",
    skill: "java",
    language: "Java",
    baseHours: baseOf("spring", 3.5, "much of it is there and has to be configured", [1.5, 15]),
    partHours: partOf("spring", 0.2),
    work: workOf("spring", 1.6, [0.8, 4], toMeasure),
    consequence: "It takes seconds and half a gigabyte to start, and what an annotation does is seen at run time.",
  },
  {
    id: "django",
    title: "Django",
    skill: "python",
    language: "Python",
    baseHours: baseOf("django", 3.5, "sign-in, forms and an administration are there", [1.5, 15]),
    partHours: partOf("django", 0.15),
    work: workOf("django", 8, [3, 15], toMeasure),
    consequence: "Each request keeps a process busy, so that slow third parties need many of them.",
  },
  {
    id: "aspnet",
    title: "ASP.NET Core",
    skill: "csharp",
    language: "C#",
    baseHours: baseOf("aspnet", 3.5, "much of it is there and has to be configured", [1.5, 15]),
    partHours: partOf("aspnet", 0.2),
    work: workOf("aspnet", 1.5, [0.7, 2.6], toMeasure),
    consequence: "Rules of access live in code and in the database apart, and tests have to hold them together.",
  },
  {
    id: "go-http",
    title: "Go with its own HTTP server",
    skill: "go",
    language: "Go",
    baseHours: baseOf("go-http", 5, "the smallest parts are there, and everything else is written", [2, 20]),
    partHours: partOf("go-http", 0.3),
    work: workOf("go-http", 1.2, [0.6, 2.6], toMeasure),
    consequence: "Little is given, so that every route repeats what a framework would say once.",
  },
];
