import type { Entity, Field, FieldOf, Model } from "@archwright/model";
import { defineRule } from "../../rule.ts";

export const uniqueIsWithinTenant = defineRule({
  code: "schema/unique-is-within-tenant",
  severity: "warning",
  message: "{path} is unique across every {owner}: {entity} names its {owner}, and does not say that this is its tenant.",
  why: "The second {owner} that wants the same value is refused, and learns from the refusal that another one has it.",
  fix: 'Say tenant: "{tenant}" at {entity}, which makes its values unique within the tenant; or accept this check for values that are alone everywhere (a domain, a tax number).',
  check({ model, items }, report) {
    const tenants = tenantEntities(model);
    for (const entity of model.entities) {
      const [tenant] = entity.fields.filter((field): field is FieldOf<"ref"> => field.kind === "ref" && tenants.has(field.entity));
      if (!tenant || entity.tenant !== undefined) continue;
      const owner = items.entities.get(tenant.entity)?.name ?? tenant.entity;
      for (const field of entity.fields.filter((candidate) => crossesTenants(candidate, tenants, items.entities))) {
        const path = `${entity.id}.${field.name}`;
        report([path, `${entity.id}.${tenant.name}`], { path, entity: entity.id, tenant: tenant.name, owner });
      }
    }
  },
});

/** The entities whose rows are tenants: those that some other entity says it belongs to. */
function tenantEntities({ entities }: Model): ReadonlySet<string> {
  const fields = entities.flatMap(({ tenant, fields: own }) => own.filter(({ name }) => name === tenant));
  return new Set(fields.flatMap((field) => (field.kind === "ref" ? [field.entity] : [])));
}

/** An e-mail address is unique everywhere by nature, one row of each tenant is meant to be alone, and a reference to a tenant's own row is within the tenant. */
function crossesTenants(field: Field, tenants: ReadonlySet<string>, entities: ReadonlyMap<string, Entity>): boolean {
  if (field.unique !== true || field.kind === "email") return false;
  return field.kind !== "ref" || !(tenants.has(field.entity) || entities.get(field.entity)?.tenant !== undefined);
}
