import { databaseUrlOf } from "../backend/settings.ts";
import { UsageError, type Command } from "../command.ts";
import { compileOrThrow } from "../compile.ts";

export const grant: Command = {
  name: "grant",
  summary: "give an account a role",
  description:
    "Gives an account that has signed up another role: roles without signUp can be had in no other way. It works on the database of DATABASE_URL, or with --dev on the one of `archwright dev`.",
  options: [
    { flags: "--email <email>", description: "whose account" },
    { flags: "--role <name>", description: "the role to have" },
    { flags: "--dev", description: "in the database of `archwright dev`" },
  ],
  examples: [
    ["archwright grant --email ada@shop.example --role staff", "make a colleague of a customer"],
    ["archwright grant --dev --email ada@shop.example --role staff", "the same while developing"],
  ],
  async run(path, { email, role, dev }, surroundings) {
    if (typeof email !== "string" || typeof role !== "string")
      throw new UsageError({
        what: `${email === undefined ? "--email" : "--role"} is missing.`,
        why: "Both are needed, to say who gets what.",
        fix: "Call it like: archwright grant --email ada@shop.example --role staff",
      });
    const databaseUrl = dev ? undefined : databaseUrlOf(surroundings.environment, "call with --dev for the database of `archwright dev`");
    const compiled = await compileOrThrow(path, surroundings);
    const names = compiled.model.roles.map(({ name }) => name);
    if (!names.includes(role))
      throw new UsageError({
        what: `There is no role "${role}".`,
        why: "Roles are what the model declares.",
        fix: names.length === 0 ? `Declare it: role("${role}", …).` : `Name one of ${names.join(", ")}.`,
      });
    const { grantIn, grantInDevelopment } = await import("../backend/granting.ts");
    if (databaseUrl === undefined) await grantInDevelopment(compiled, { email, role }, surroundings);
    else await grantIn(databaseUrl, compiled.model, { email, role });
    surroundings.stdout.write(`${email} is ${role} now; access tokens that are out keep the old role for up to 10 minutes.\n`);
    return 0;
  },
};
