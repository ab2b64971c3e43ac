import { defineRule } from "../../rule.ts";

export const tenantsHaveRowsOfTheirOwn = defineRule({
  code: "security/tenants-have-rows-of-their-own",
  severity: "warning",
  message: "Tenants share {system}, and no entity says whose its rows are.",
  why: "Nothing keeps the rows of one tenant from another, and no check can tell where that was forgotten.",
  fix: "Say `tenant` on the entities whose rows belong to one tenant, and name it in their access rules; or take `tenants` out.",
  check({ model: { name, requirements, entities } }, report) {
    if (requirements.tenants === undefined || entities.length === 0 || entities.some(({ tenant }) => tenant !== undefined)) return;
    // Who gives each tenant a schema or a database needs no field to tell the rows apart.
    const isApart = requirements.pins.some(({ decision, choose }) => decision === "tenancy" && choose !== "shared");
    if (!isApart) report(name, { system: name });
  },
});
