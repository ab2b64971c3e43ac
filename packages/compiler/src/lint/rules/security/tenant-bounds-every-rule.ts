import { rowFields } from "../../../facts/expression-fields.ts";
import { listed } from "../../phrases.ts";
import { defineRule } from "../../rule.ts";

export const tenantBoundsEveryRule = defineRule({
  code: "security/tenant-bounds-every-rule",
  severity: "error",
  message: "{role} may {actions} {entity} of every {tenant}.",
  why: "The rows of one tenant are shown to, or changed by, another: the mistake that customers of shared systems do not forgive.",
  fix: "Add a `where` that names {tenant}; or accept this check if {role} works for all tenants.",
  check({ model }, report) {
    for (const { id, tenant, access } of model.entities) {
      if (tenant === undefined) continue;
      for (const [index, { role, can, where }] of access.entries()) {
        if (where && rowFields(where).includes(tenant)) continue;
        report([`${id}.access.${index}`, `${id}.${tenant}`], { role, actions: listed(can), entity: id, tenant });
      }
    }
  },
});
