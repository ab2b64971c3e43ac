import { stepsWithin, type Model, type Step } from "@archwright/model";

/** What an operation or a job says that it does, where it says it as data. */
export interface RecordedBody {
  /** The id of the operation or the job. */
  readonly item: string;
  /** Every step, those inside an `each` included. */
  readonly steps: readonly Step[];
}

export function bodiesOf(model: Model): readonly RecordedBody[] {
  const operations = model.operations.flatMap(({ id, implementation }) =>
    implementation.kind === "body" ? [{ item: id, steps: stepsWithin(implementation.body.steps) }] : [],
  );
  const jobs = model.jobs.flatMap(({ id, does }) => (does.kind === "body" ? [{ item: id, steps: stepsWithin(does.body.steps) }] : []));
  return [...operations, ...jobs];
}
