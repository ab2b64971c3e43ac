import type { Rule } from "./rule.ts";
import { atomicCalleeMakesNoExternalCall } from "./rules/consistency/atomic-callee-makes-no-external-call.ts";
import { commandWritesOwnContext } from "./rules/consistency/command-writes-own-context.ts";
import { contextsFormNoCycle } from "./rules/consistency/contexts-form-no-cycle.ts";
import { eventComesFromItsContext } from "./rules/consistency/event-comes-from-its-context.ts";
import { eventHasAWriteBehindIt } from "./rules/consistency/event-has-a-write-behind-it.ts";
import { ownContextIsCalledAtomically } from "./rules/consistency/own-context-is-called-atomically.ts";
import { queryChangesNothing } from "./rules/consistency/query-changes-nothing.ts";
import { referenceStaysInTheSystem } from "./rules/consistency/reference-stays-in-the-system.ts";
import { twoWritesShareATransaction } from "./rules/consistency/two-writes-share-a-transaction.ts";
import { attemptsFitCallersP99 } from "./rules/reliability/attempts-fit-callers-p99.ts";
import { callNeedsTimeout } from "./rules/reliability/call-needs-timeout.ts";
import { calleesFitCallersP99 } from "./rules/reliability/callees-fit-callers-p99.ts";
import { chainIsAsAvailableAsPromised } from "./rules/reliability/chain-is-as-available-as-promised.ts";
import { creatingCommandTakesAKey } from "./rules/reliability/creating-command-takes-a-key.ts";
import { effectNeedsIdempotency } from "./rules/reliability/effect-needs-idempotency.ts";
import { offlineCommandIsRepeatable } from "./rules/reliability/offline-command-is-repeatable.ts";
import { oneLayerRetries } from "./rules/reliability/one-layer-retries.ts";
import { queuedCallNeedsNoAnswer } from "./rules/reliability/queued-call-needs-no-answer.ts";
import { retryNeedsIdempotencyKey } from "./rules/reliability/retry-needs-idempotency-key.ts";
import { thirdPartyFailureIsSurvived } from "./rules/reliability/third-party-failure-is-survived.ts";
import { timeoutLeavesRoomForP99 } from "./rules/reliability/timeout-leaves-room-for-p99.ts";
import { webhookCommandIsIdempotent } from "./rules/reliability/webhook-command-is-idempotent.ts";
import { entityListHasMax } from "./rules/capacity/entity-list-has-max.ts";
import { inputListHasMax } from "./rules/capacity/input-list-has-max.ts";
import { loadFitsLimit } from "./rules/capacity/load-fits-limit.ts";
import { queueDrains } from "./rules/capacity/queue-drains.ts";
import { retriesFitLimit } from "./rules/capacity/retries-fit-limit.ts";
import { textFromOutsideHasMax } from "./rules/capacity/text-from-outside-has-max.ts";
import { entityHasId } from "./rules/schema/entity-has-id.ts";
import { filteredFieldIsIndexed } from "./rules/schema/filtered-field-is-indexed.ts";
import { idPrefixIsUnique } from "./rules/schema/id-prefix-is-unique.ts";
import { moneyIsMoney } from "./rules/schema/money-is-money.ts";
import { policyFieldIsIndexed } from "./rules/schema/policy-field-is-indexed.ts";
import { uniqueIsWithinTenant } from "./rules/schema/unique-is-within-tenant.ts";
import { cardNumberStaysOutside } from "./rules/security/card-number-stays-outside.ts";
import { changeNeedsRead } from "./rules/security/change-needs-read.ts";
import { commandSaysWhoMay } from "./rules/security/command-says-who-may.ts";
import { credentialIsSecret } from "./rules/security/credential-is-secret.ts";
import { entityIsReadable } from "./rules/security/entity-is-readable.ts";
import { querySaysWhoMay } from "./rules/security/query-says-who-may.ts";
import { roleCanBeHad } from "./rules/security/role-can-be-had.ts";
import { secretStaysInside } from "./rules/security/secret-stays-inside.ts";
import { signUpRoleNamesItsFields } from "./rules/security/sign-up-role-names-its-fields.ts";
import { systemHasRoles } from "./rules/security/system-has-roles.ts";
import { tenantBoundsEveryRule } from "./rules/security/tenant-bounds-every-rule.ts";
import { tenantsHaveRowsOfTheirOwn } from "./rules/security/tenants-have-rows-of-their-own.ts";
import { webhookIsVerified } from "./rules/security/webhook-is-verified.ts";
import { webhookProofReachesTheServer } from "./rules/security/webhook-proof-reaches-the-server.ts";
import { copyIsKeptNoLonger } from "./rules/privacy/copy-is-kept-no-longer.ts";
import { copySaysBasis } from "./rules/privacy/copy-says-basis.ts";
import { eventFieldSaysBasis } from "./rules/privacy/event-field-says-basis.ts";
import { personalFieldSaysBasis } from "./rules/privacy/personal-field-says-basis.ts";
import { thirdPartyFieldSaysBasis } from "./rules/privacy/third-party-field-says-basis.ts";
import { awaitedEventIsEmitted } from "./rules/lifecycle/awaited-event-is-emitted.ts";
import { deprecatedOperationHasNoCaller } from "./rules/lifecycle/deprecated-operation-has-no-caller.ts";
import { entityCanBeCreated } from "./rules/lifecycle/entity-can-be-created.ts";
import { externalCallIsMade } from "./rules/lifecycle/external-call-is-made.ts";
import { lateEventIsHandled } from "./rules/lifecycle/late-event-is-handled.ts";
import { moveIsUsed } from "./rules/lifecycle/move-is-used.ts";
import { operationHasCode } from "./rules/lifecycle/operation-has-code.ts";
import { pinHasEffect } from "./rules/lifecycle/pin-has-effect.ts";
import { stateCanBeLeft } from "./rules/lifecycle/state-can-be-left.ts";
import { stateCanBeReached } from "./rules/lifecycle/state-can-be-reached.ts";
import { systemOperationIsRun } from "./rules/lifecycle/system-operation-is-run.ts";
import { channelHasAnAddress } from "./rules/interface/channel-has-an-address.ts";
import { commandIsImperative } from "./rules/interface/command-is-imperative.ts";
import { declaredErrorIsRaised } from "./rules/interface/declared-error-is-raised.ts";
import { eventIsPastTense } from "./rules/interface/event-is-past-tense.ts";
import { messageGoesToAnActor } from "./rules/interface/message-goes-to-an-actor.ts";
import { nameHasItsCase } from "./rules/interface/name-has-its-case.ts";
import { pathIsKebabCase } from "./rules/interface/path-is-kebab-case.ts";
import { pathIsPlural } from "./rules/interface/path-is-plural.ts";
import { pathStartsWithAResource } from "./rules/interface/path-starts-with-a-resource.ts";
import { routesDoNotCollide } from "./rules/interface/routes-do-not-collide.ts";

/** Every rule, once. The command, the documents and the tests read this list. */
export const rules: readonly Rule[] = [
  atomicCalleeMakesNoExternalCall,
  commandWritesOwnContext,
  contextsFormNoCycle,
  eventComesFromItsContext,
  eventHasAWriteBehindIt,
  ownContextIsCalledAtomically,
  queryChangesNothing,
  referenceStaysInTheSystem,
  twoWritesShareATransaction,
  attemptsFitCallersP99,
  callNeedsTimeout,
  calleesFitCallersP99,
  chainIsAsAvailableAsPromised,
  creatingCommandTakesAKey,
  effectNeedsIdempotency,
  offlineCommandIsRepeatable,
  oneLayerRetries,
  queuedCallNeedsNoAnswer,
  retryNeedsIdempotencyKey,
  thirdPartyFailureIsSurvived,
  timeoutLeavesRoomForP99,
  webhookCommandIsIdempotent,
  entityListHasMax,
  inputListHasMax,
  loadFitsLimit,
  queueDrains,
  retriesFitLimit,
  textFromOutsideHasMax,
  entityHasId,
  filteredFieldIsIndexed,
  idPrefixIsUnique,
  moneyIsMoney,
  policyFieldIsIndexed,
  uniqueIsWithinTenant,
  cardNumberStaysOutside,
  changeNeedsRead,
  commandSaysWhoMay,
  credentialIsSecret,
  entityIsReadable,
  querySaysWhoMay,
  roleCanBeHad,
  secretStaysInside,
  signUpRoleNamesItsFields,
  systemHasRoles,
  tenantBoundsEveryRule,
  tenantsHaveRowsOfTheirOwn,
  webhookIsVerified,
  webhookProofReachesTheServer,
  copyIsKeptNoLonger,
  copySaysBasis,
  eventFieldSaysBasis,
  personalFieldSaysBasis,
  thirdPartyFieldSaysBasis,
  awaitedEventIsEmitted,
  deprecatedOperationHasNoCaller,
  entityCanBeCreated,
  externalCallIsMade,
  lateEventIsHandled,
  moveIsUsed,
  operationHasCode,
  pinHasEffect,
  stateCanBeLeft,
  stateCanBeReached,
  systemOperationIsRun,
  channelHasAnAddress,
  commandIsImperative,
  declaredErrorIsRaised,
  eventIsPastTense,
  messageGoesToAnActor,
  nameHasItsCase,
  pathIsKebabCase,
  pathIsPlural,
  pathStartsWithAResource,
  routesDoNotCollide,
];
