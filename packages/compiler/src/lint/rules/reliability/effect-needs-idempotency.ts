import type { Operation } from "@archwright/model";
import { effectsOutside } from "../../../facts/third-parties.ts";
import { listed } from "../../phrases.ts";
import { defineRule } from "../../rule.ts";

export const effectNeedsIdempotency = defineRule({
  code: "reliability/effect-needs-idempotency",
  severity: "error",
  message: "{command} calls {effects}, and nothing keeps a second run from calling again.",
  why: "A request or an event that was not answered is sent again, and {integrations} acts, or charges, twice.",
  fix: 'Say idempotent: "required" so that a key of the client makes it once, or "natural" if a second run changes nothing.',
  check({ model, calls }, report) {
    for (const operation of model.operations) {
      const effects = operation.kind === "command" ? effectsOutside(calls, operation.id) : [];
      if (effects.length === 0 || isIdempotent(operation)) continue;
      report([operation.id, ...effects.map(({ id }) => id)], {
        command: operation.id,
        effects: listed(effects.map(({ id }) => id)),
        integrations: listed([...new Set(effects.map(({ integration }) => integration.name))]),
      });
    }
  },
});

const isIdempotent = ({ idempotent }: Operation): boolean => idempotent === "required" || idempotent === "natural";
