import { stepsWithin, type Job } from "@archwright/model";
import { exact, named, product, quotient, sum, type Formula } from "../../formulas/formula.ts";
import { given, msPerSecond } from "../../quantities/given.ts";
import { rowWriteMs } from "../../quantities/run.ts";
import type { Brief } from "../rule.ts";

/** The time between two runs; what runs by the clock is taken to run once a day. */
export function intervalOf({ id, name, when: runs }: Job): Formula {
  return given(`${id}.interval`, `time between two runs of ${name}`, "ms", runs.kind === "every" ? runs.everyMs : 86_400_000, id);
}

/** What one run has to do: a command once, or the rows that have become due since the last. */
export function runMs(job: Job, brief: Brief, interval: Formula): Formula {
  const { work } = brief.quantities;
  const words = `time that a run of ${job.name} takes`;
  if (job.does.kind === "command") {
    const id = job.does.command;
    return named(`${job.id}.run`, words, "ms", sum(work.applicationMsOf(id), work.databaseMsOf(id)));
  }
  const due = stepsWithin(job.does.body.steps).flatMap((step) =>
    "target" in step ? [step.target.kind === "id" ? exact(1) : dueOf(step.entity, brief, interval)] : [],
  );
  return named(`${job.id}.run`, words, "ms", product(sum(exact(1), ...due), rowWriteMs));
}

/** As many rows become due as are made; all of them where nothing makes any. */
function dueOf(entity: string, { facts, quantities: { volume } }: Brief, interval: Formula): Formula {
  const { creators, opaqueWriters } = facts.useOf(entity);
  if (creators.length + opaqueWriters.length === 0) return volume.rowsAtHorizonOf(entity);
  return quotient(product(volume.growthOf(entity), interval), msPerSecond);
}
