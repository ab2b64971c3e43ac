import type { Job } from "@archwright/model";
import { constant, not, quotient, when, zero, type Formula } from "../../formulas/formula.ts";
import { needAtLeast, needAtMost, needThat, type Brief, type DecisionRule, type OptionRule } from "../rule.ts";
import { intervalOf, runMs } from "./job-run.ts";

const lease = constant(
  "schedule-lease",
  "time after which another process takes over from one that died",
  30_000,
  "ms",
  "measured",
  "lease of our job runner",
);
const runMax = constant(
  "schedule-run-max",
  "longest run of a job before it is taken to be stuck",
  3_600_000,
  "ms",
  "measured",
  "limit of our job runner",
);
const cronStep = constant(
  "schedule-cron-step",
  "shortest time between two runs that a platform's clock knows",
  60_000,
  "ms",
  "sourced",
  "cron counts in minutes",
);
const functionMax = constant("schedule-function-max", "longest run of a function", 900_000, "ms", "general", "15 minutes with Lambda");
const dayMs = constant(
  "schedule-day",
  "longest run of a program that a platform starts",
  86_400_000,
  "ms",
  "general",
  "longer ones meet the next deployment",
);
const lanes = constant(
  "schedule-lanes",
  "pieces of a job that a queue has under way at once",
  20,
  "count",
  "measured",
  "batch of our relay",
);
const queueHours = constant(
  "schedule-queue-hours",
  "upkeep of a job in pieces",
  0.3,
  "hours",
  "general",
  "pieces that fail are looked at one by one",
);
const cronHours = constant(
  "schedule-cron-hours",
  "upkeep of a job that the platform starts",
  0.2,
  "hours",
  "general",
  "it is defined in a second place",
);

/** What starts the jobs, and where they run. */
export const schedule: DecisionRule = {
  id: "schedule",
  area: "messaging",
  question: "What starts a job, and where does it run?",
  evidence: "general",
  sources: ["our job runner: a lease of 30 s, renewed, and runs of an hour at most"],
  propose: (brief) =>
    brief.model.jobs.map((job) => ({
      about: job.id,
      question: `What starts ${job.name}, and where does it run?`,
      options: optionsOf(job, brief),
    })),
};

function optionsOf(job: Job, brief: Brief): readonly OptionRule[] {
  const { name } = job;
  const interval = intervalOf(job);
  const run = runMs(job, brief, interval);
  const piece = quotient(run, lanes);
  const isServerless = brief.decided("hosting").is("serverless");
  const late = (delay: Formula, length: Formula): OptionRule["figures"] & {} => [
    { id: "late-by", words: "how much later it runs when something has failed", unit: "ms", formula: delay },
    { id: "run", words: "how long a run takes", unit: "ms", formula: length },
  ];
  const inTime = (length: Formula) => needAtMost(length, interval, `a run of ${name} would not be over when the next is due`);
  return [
    {
      id: "in-process-lease",
      title: "one of the processes, by a lease",
      needs: [
        needThat(not(isServerless), "between two requests a function is not there to look at the clock"),
        inTime(run),
        needAtMost(run, runMax, "a run that long is taken to be stuck, and is given to another process"),
      ],
      hoursPerMonth: zero,
      figures: late(lease, run),
      because: `${name} is soon done, and the processes that answer requests are there anyway.`,
      consequence: `While ${name} runs it takes from the same processor as requests, and a deployment interrupts it.`,
    },
    {
      id: "queue",
      title: "a queue of pieces",
      needs: [needThat(not(isServerless), "somebody has to put the pieces into the queue"), inTime(piece)],
      hoursPerMonth: queueHours,
      figures: late(lease, piece),
      because: `A run of ${name} is longer than the time between two, so that it has to be shared among processes.`,
      consequence: "A run has no single end: what is done and what is not has to be counted.",
    },
    {
      id: "platform-cron",
      title: "the scheduler of the platform",
      needs: [
        needAtLeast(interval, cronStep, "its clock counts in minutes"),
        needAtMost(run, when(isServerless, functionMax, dayMs), "a run that long is cut off"),
        inTime(run),
      ],
      hoursPerMonth: cronHours,
      figures: late(cronStep, run),
      because: `Nothing of ours is there to start ${name} by itself.`,
      consequence: `When ${name} runs is written down outside of the model's own processes, and has to be changed there too.`,
    },
  ];
}
