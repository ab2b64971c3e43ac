import type { Entity, Field } from "@archwright/model";
import type { Items } from "../../../facts/items.ts";
import { defineRule } from "../../rule.ts";

export const uniqueIsWithinTenant = defineRule({
  code: "schema/unique-is-within-tenant",
  severity: "warning",
  message: "{path} is unique across all tenants of {entity}.",
  why: "The second {tenant} that wants the same value is refused, and learns from the refusal that another one has it.",
  fix: "Drop .unique() and check it within {tenant}, or make the value one that cannot meet another's (a domain, a tax number) and accept this check.",
  check({ model, items }, report) {
    for (const entity of model.entities) {
      for (const field of entity.fields) {
        const { id, tenant } = entity;
        if (tenant === undefined || field.unique !== true || isOneOfAKind(field, entity, items)) continue;
        report([`${id}.${field.name}`, `${id}.${tenant}`], { path: `${id}.${field.name}`, entity: id, tenant });
      }
    }
  },
});

/** Ids and e-mail addresses are unique everywhere by nature, a reference to a tenant's own row is within the tenant, and one row of the tenant is meant to be alone. */
function isOneOfAKind(field: Field, { tenant }: Entity, items: Items): boolean {
  if (field.kind === "id" || field.kind === "email" || field.name === tenant) return true;
  return field.kind === "ref" && items.entities.get(field.entity)?.tenant !== undefined;
}
