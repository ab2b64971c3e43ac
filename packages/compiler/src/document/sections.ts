import type { Section } from "./section.ts";
import { apiContracts } from "./sections/api-contracts.ts";
import { caching } from "./sections/caching.ts";
import { contextAndRequirements } from "./sections/context-and-requirements.ts";
import { cost } from "./sections/cost.ts";
import { dataFlow } from "./sections/data-flow.ts";
import { decisionIndex } from "./sections/decision-index.ts";
import { deployment } from "./sections/deployment.ts";
import { diagrams } from "./sections/diagrams.ts";
import { eventSchemas } from "./sections/event-schemas.ts";
import { inTwoMinutes } from "./sections/in-two-minutes.ts";
import { observability } from "./sections/observability.ts";
import { openQuestions } from "./sections/open-questions.ts";
import { resilience } from "./sections/resilience.ts";
import { risks } from "./sections/risks.ts";
import { scaling } from "./sections/scaling.ts";
import { schemaDesign } from "./sections/schema-design.ts";
import { security } from "./sections/security.ts";
import { serviceBoundaries } from "./sections/service-boundaries.ts";
import { technology } from "./sections/technology.ts";
import { testing } from "./sections/testing.ts";
import { wayThere } from "./sections/way-there.ts";

/** Every chapter, in the order in which it is read. */
export const sections: readonly Section[] = [
  inTwoMinutes,
  contextAndRequirements,
  openQuestions,
  wayThere,
  serviceBoundaries,
  diagrams,
  apiContracts,
  eventSchemas,
  dataFlow,
  schemaDesign,
  technology,
  caching,
  scaling,
  security,
  resilience,
  observability,
  testing,
  deployment,
  cost,
  risks,
  decisionIndex,
];
