import type { Command } from "../command.ts";
import { compileOrThrow } from "../compile.ts";
import { jsonOf } from "../design/json.ts";
import { viewOf } from "./design.ts";

export const explain: Command = {
  name: "explain",
  subject: "name",
  summary: "where a number of the design comes from, or how a choice was made",
  description:
    "Traces a number down to what somebody said, measured or assumed, and a decision to its options, with the figures of each, what rules it out, and where the choice tips. Names are those that archwright design prints, or the end of one.",
  options: [{ flags: "--json", description: "print one JSON document: the decisions or the fact" }],
  examples: [
    ["archwright explain pool-size", "a decision"],
    ["archwright explain placeOrder.peak", "a number"],
  ],
  async run(path, options, surroundings) {
    const { model } = await compileOrThrow(path, surroundings);
    const { undecided } = await import("@archwright/compiler");
    const { awaitedDesign } = await import("../design/awaited-design.ts");
    const { explained, renderExplanation } = await import("../design/explanation.ts");
    const whole = await awaitedDesign(undecided(model), surroundings, options["json"] === true);
    const name = String(options["name"]);
    const { stdout, folder } = surroundings;
    stdout.write(
      options["json"] ? jsonOf(explained(whole, name), folder) : renderExplanation(whole, name, { ...viewOf(surroundings), folder }),
    );
    return 0;
  },
};
