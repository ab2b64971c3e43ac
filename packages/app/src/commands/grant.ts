import { createPool, grantRole } from "@archwright/runtime";
import { settingsOf } from "../backend/settings.ts";
import { UsageError, type Command } from "../command.ts";
import { compileModel, reportOf } from "../compile.ts";

export const grant: Command = {
  name: "grant",
  summary: "give an account a role",
  description: "Gives an account that has signed up another role: roles without signUp can be had in no other way. It works on the database of DATABASE_URL.",
  options: [
    { flags: "--email <email>", description: "whose account" },
    { flags: "--role <name>", description: "the role to have" },
  ],
  examples: [["archwright grant --email ada@shop.example --role staff", "make a colleague of a customer"]],
  async run(path, options, surroundings) {
    const { email, role } = options;
    if (typeof email !== "string" || typeof role !== "string") throw new UsageError({ what: "--email and --role are both needed.", why: "They say who gets what.", fix: "Call it like: archwright grant --email ada@shop.example --role staff." });
    const { databaseUrl } = settingsOf({}, surroundings.environment);
    if (databaseUrl === undefined) throw new UsageError({ what: "DATABASE_URL is not set.", why: "The account lives in that database.", fix: "Set it to the URL that `archwright start` gets." });
    const compiled = await compileModel(path, surroundings);
    if (!compiled.ok) {
      surroundings.stderr.write(reportOf(compiled.problems, surroundings, surroundings.stderr));
      return 1;
    }
    const names = compiled.model.roles.map(({ name }) => name);
    if (!names.includes(role)) throw new UsageError({ what: `There is no role "${role}".`, why: "Roles are what the model declares.", fix: `Name one of ${names.join(", ")}.` });
    const adminPool = createPool({ url: databaseUrl, max: 1, applicationName: "archwright grant", connectTimeoutMs: 5_000, statementTimeoutMs: 10_000, idleTimeoutMs: 1_000, onError: () => undefined });
    try {
      await grantRole({ model: compiled.model, adminPool }, email, role);
    } finally {
      await adminPool.end();
    }
    surroundings.stdout.write(`${email} is ${role} now; access tokens that are out keep the old role for up to 10 minutes.\n`);
    return 0;
  },
};
