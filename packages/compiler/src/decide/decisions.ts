import { broker } from "./messaging/broker.ts";
import { delivery } from "./messaging/delivery.ts";
import { eventRetention } from "./messaging/event-retention.ts";
import { idempotencyRetention } from "./messaging/idempotency-retention.ts";
import { ordering } from "./messaging/ordering.ts";
import { partitions } from "./messaging/partitions.ts";
import { relay } from "./messaging/relay.ts";
import { messagesChannel } from "./messaging/messages-channel.ts";
import { schedule } from "./messaging/schedule.ts";
import { webhookIntake } from "./messaging/webhook-intake.ts";
import { cacheSize } from "./caching/cache-size.ts";
import { cacheExpiry } from "./caching/cache-expiry.ts";
import { cache } from "./caching/cache.ts";
import { cdn } from "./caching/cdn.ts";
import { autoscaling } from "./capacity/autoscaling.ts";
import { egressPath } from "./capacity/egress-path.ts";
import { headroom } from "./capacity/headroom.ts";
import { hosting } from "./capacity/hosting.ts";
import { loadBalancing } from "./capacity/load-balancing.ts";
import { regions } from "./capacity/regions.ts";
import { replicas } from "./capacity/replicas.ts";
import { zones } from "./capacity/zones.ts";
import { backup } from "./storage/backup.ts";
import { consistencyOfReads } from "./storage/consistency-of-reads.ts";
import { databaseClass } from "./storage/database-class.ts";
import { databaseSize } from "./storage/database-size.ts";
import { database } from "./storage/database.ts";
import { erasure } from "./storage/erasure.ts";
import { dataExport } from "./storage/export.ts";
import { fanOut } from "./storage/fan-out.ts";
import { indexBudget } from "./storage/index-budget.ts";
import { isolation } from "./storage/isolation.ts";
import { jsonColumns } from "./storage/json-columns.ts";
import { keyType } from "./storage/key-type.ts";
import { locking } from "./storage/locking.ts";
import { normalization } from "./storage/normalization.ts";
import { pagination } from "./storage/pagination.ts";
import { partitioning } from "./storage/partitioning.ts";
import { poolSize } from "./storage/pool-size.ts";
import { pooler } from "./storage/pooler.ts";
import { rowSecurity } from "./storage/row-security.ts";
import { search } from "./storage/search.ts";
import { shardKey } from "./storage/shard-key.ts";
import { tenancy } from "./storage/tenancy.ts";
import { alerts } from "./operations/alerts.ts";
import { disasterDrill } from "./operations/disaster-drill.ts";
import { infrastructure } from "./operations/infrastructure.ts";
import { onCall } from "./operations/on-call.ts";
import { release } from "./operations/release.ts";
import { telemetry } from "./operations/telemetry.ts";
import { testing } from "./operations/testing.ts";
import { backoff } from "./resilience/backoff.ts";
import { breaker } from "./resilience/breaker.ts";
import { bulkhead } from "./resilience/bulkhead.ts";
import { fallback } from "./resilience/fallback.ts";
import { loadShedding } from "./resilience/load-shedding.ts";
import { queueBound } from "./resilience/queue-bound.ts";
import { retries } from "./resilience/retries.ts";
import { shutdown } from "./resilience/shutdown.ts";
import { timeout } from "./resilience/timeout.ts";
import { audit } from "./security/audit.ts";
import { encryption } from "./security/encryption.ts";
import { personalDataResidency } from "./security/personal-data-residency.ts";
import { rateLimit } from "./security/rate-limit.ts";
import { rateLimitStore } from "./security/rate-limit-store.ts";
import { secrets } from "./security/secrets.ts";
import { serviceAuthentication } from "./security/service-authentication.ts";
import { signIn } from "./security/sign-in.ts";
import { tokens } from "./security/tokens.ts";
import { apiStyle } from "./structure/api-style.ts";
import { boundary } from "./structure/boundary.ts";
import { clientSync } from "./structure/client-sync.ts";
import { framework } from "./structure/framework.ts";
import { interaction } from "./structure/interaction.ts";
import { placement } from "./structure/placement.ts";
import { saga } from "./structure/saga.ts";
import { syncChain } from "./structure/sync-chain.ts";
import type { DecisionRule } from "./rule.ts";

/** Every decision, once, in the order in which they are told. A new one is one file and one line here. */
export const decisions: readonly DecisionRule[] = [
  placement,
  interaction,
  syncChain,
  saga,
  apiStyle,
  framework,
  clientSync,
  boundary,

  databaseClass,
  database,
  databaseSize,
  shardKey,
  poolSize,
  pooler,
  tenancy,
  rowSecurity,
  backup,
  search,
  consistencyOfReads,
  normalization,
  jsonColumns,
  keyType,
  indexBudget,
  partitioning,
  isolation,
  locking,
  pagination,
  dataExport,
  erasure,
  fanOut,

  broker,
  relay,
  ordering,
  delivery,
  partitions,
  eventRetention,
  idempotencyRetention,
  webhookIntake,
  messagesChannel,
  schedule,

  cache,
  cacheSize,
  cacheExpiry,
  cdn,

  signIn,
  tokens,
  rateLimit,
  rateLimitStore,
  secrets,
  encryption,
  serviceAuthentication,
  personalDataResidency,
  audit,

  timeout,
  retries,
  backoff,
  breaker,
  bulkhead,
  fallback,
  queueBound,
  loadShedding,
  shutdown,

  headroom,
  zones,
  regions,
  hosting,
  replicas,
  autoscaling,
  loadBalancing,
  egressPath,

  release,
  infrastructure,
  alerts,
  telemetry,
  testing,
  onCall,
  disasterDrill,
];
