import { constant, zero } from "../../formulas/formula.ts";
import { whether } from "../../quantities/given.ts";
import { farUsers, farUsersMax } from "../far-users.ts";
import { fewOf } from "../listing.ts";
import { needAtMost, needThat, type Brief, type DecisionRule, type Need, type OptionRule } from "../rule.ts";
import { cdnOption } from "./cdn-option.ts";
import { outgoingOf } from "./outgoing.ts";

const filesHours = constant(
  "cdn-files-hours",
  "upkeep of a content network for files",
  0.5,
  "hours",
  "general",
  "certificates, signed addresses",
);
const pagesHours = constant(
  "cdn-pages-hours",
  "upkeep of a content network for answers as well",
  1,
  "hours",
  "general",
  "headers that are wrong show one person's answer to another",
);

/** The whole bill of what goes out, whichever way it goes. */
export const cdn: DecisionRule = {
  id: "cdn",
  area: "caching",
  question: "Does a content network stand between the clients and the server?",
  evidence: "general",
  sources: [
    "catalogue of decisions, 42 (a content network where users are far away)",
    "prices of egress, of a content network, and of its requests",
  ],
  propose: (brief) => (brief.model.operations.some(({ allow }) => allow.kind !== "system") ? [{ options: optionsOf(brief) }] : []),
};

function optionsOf(brief: Brief): readonly OptionRule[] {
  const { model } = brief;
  const out = outgoingOf(brief);
  const names = fewOf(out.publicQueries.map(({ name }) => name));
  const hasFiles = whether("files", `${model.name} keeps files`, out.hasFiles, model.name);
  const hasPublic = whether(
    "public-answers",
    "there are answers that anyone may see and that may be a little old",
    names !== "",
    model.name,
  );
  return [
    cdnOption(brief, out, {
      id: "none",
      title: "no content network",
      needs: out.hasFiles || names !== "" ? farNeeds(brief) : [],
      files: false,
      pages: false,
      hours: zero,
      because:
        names === "" && !out.hasFiles
          ? `Every answer of ${model.name} is for one caller or must be fresh, so there is nothing to hand out twice.`
          : "What goes out is too little for a content network to pay.",
      consequence: "Everything that goes out is paid at the price of the cloud and fetched from where the server is.",
    }),
    cdnOption(brief, out, {
      id: "files-only",
      title: "a content network for files",
      needs: [needThat(hasFiles, "there are no files to hand out"), ...(names === "" ? [] : farNeeds(brief))],
      files: true,
      pages: false,
      hours: filesHours,
      because: `Files are most of what ${model.name} sends, and do not change under their name.`,
      consequence: "Whoever has the address of a file has the file: private ones need addresses that are signed and expire.",
    }),
    cdnOption(brief, out, {
      id: "files-and-public-pages",
      title: "a content network for files and public answers",
      needs: [needThat(hasPublic, "no answer is both for everybody and allowed to be old")],
      files: out.hasFiles,
      pages: true,
      hours: pagesHours,
      because: `${names || "What is public"} gives everybody the same answer, which may be a little old.`,
      consequence: "An answer with a wrong header is shown to everybody, and one that is wrong stays so until it expires.",
    }),
  ];
}

/** Programs do not mind a round trip; people do. */
function farNeeds({ model }: Brief): readonly Need[] {
  const { clients } = model.requirements;
  const arePeople = clients.length === 0 || clients.some((client) => client === "web" || client.startsWith("mobile"));
  return arePeople ? [needAtMost(farUsers(model), farUsersMax, "too many users would wait for a round trip to another continent")] : [];
}
