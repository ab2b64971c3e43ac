import type { Model } from "@archwright/model";
import type { Input } from "../../formulas/formula.ts";
import { assumed } from "../../quantities/given.ts";

/** How far back events must be there to be read again: the model has no word for it. */
export const replayDays = ({ name }: Model): Input =>
  assumed({
    id: "replay-days",
    words: `days of events of ${name} that a new reader must find`,
    unit: "days",
    value: 0,
    range: [0, 90],
    ask: "Must something that is built later, such as a report, be able to read what happened before it was there, and how many days back?",
    because: "no reaction reads old events",
  });
