import { duration } from "../../phrases.ts";
import { defineRule } from "../../rule.ts";

export const copyIsKeptNoLonger = defineRule({
  code: "privacy/copy-is-kept-no-longer",
  severity: "warning",
  message: "{by} copies {from}, which may be kept for {fromTime}, into {to}, which keeps it for {toTime}.",
  why: "What was promised to be gone after {fromTime} is still there.",
  fix: "Keep {to} for {fromTime} at most, or say the longer time at {from} as well.",
  check({ flows }, report) {
    for (const { by, from, to } of flows) {
      const [kept, allowed] = [to.field.personal?.keepMs, from.field.personal?.keepMs];
      if (kept === undefined || allowed === undefined || kept <= allowed) continue;
      const [source, target] = [`${from.item}.${from.field.name}`, `${to.item}.${to.field.name}`];
      report([by, target, source], { by, from: source, to: target, fromTime: duration(allowed), toTime: duration(kept) });
    }
  },
});
