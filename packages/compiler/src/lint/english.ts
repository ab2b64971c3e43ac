import { wordsOf } from "@archwright/model";
import { wordSet } from "../facts/word-set.ts";

/** What the names of a model can be asked. The lists are short on purpose: a name is only called wrong where it surely is. */

export function isPlural(noun: string): boolean {
  return withoutPlural.has(noun) || irregularPlurals.has(noun) || (noun.endsWith("s") && !/(ss|us|is)$/.test(noun));
}

const irregularPlurals = new Set(["people", "children", "men", "women", "feet", "teeth", "mice", "criteria", "phenomena", "data", "media"]);

const withoutPlural = wordSet(`
  metadata feedback equipment information inventory news series staff stock content traffic money cash software status
`);

/** Whether some word of a name tells that a thing has happened: `OrderPlaced`, `UserSignedUp`, `PaymentSent`. */
export function tellsOfThePast(name: string): boolean {
  return wordsOf(name).some((word) => irregularPast.has(word) || (word.length > 3 && word.endsWith("ed") && !notPast.has(word)));
}

const notPast = wordSet(`
  need feed seed speed breed deed weed embed hundred sacred indeed shed bleed reed
`);

const irregularPast = wordSet(`
  arisen became become begun bought bound broken brought built caught chosen come cut dealt done drawn fallen fed felt forgotten
  found frozen given gone got grown had heard held hidden hit hurt kept known laid led left lent let lost made met overdrawn
  overridden paid put quit read reset rebuilt resent rewritten risen run said seen sent set shown shut sold sought spent split
  stolen stuck taken taught thrown told undone unpaid went withdrawn withheld won written
`);

/** Whether a name surely does not begin with a verb in the imperative: with a noun of the model, a participle or an abstract noun. */
export function isNoImperative(name: string, nouns: ReadonlySet<string>): boolean {
  const [first = "", second = ""] = wordsOf(name);
  if (nouns.has(first) && verbs.has(second)) return true;
  if (verbs.has(first)) return false;
  return nouns.has(first) || /(tion|ment|ness|ing|ed)$/.test(first);
}

export const isVerb = (word: string): boolean => verbs.has(word);

const verbs = wordSet(`
  accept acknowledge activate add adjust advance allocate allow amend answer append apply approve archive ask assign attach auction
  augment authorize ban begin bill block book borrow bring build buy calculate call cancel capture caution cement change charge
  check choose claim clear close collect comment commit complete condition confirm connect convert copy correct count create credit
  deactivate debit decline decrement delete deliver deny disable discard dispatch document draft drop edit embed enable end enrol
  enroll enter exceed exchange exclude experiment expire export extend feed file fill finish fix flag follow forget fragment freeze
  fulfil fulfill function give grant harness hide hold implement import include increase increment ingest install invalidate invite
  issue join keep leave lend like link list load lock log mark mention merge move mute name need note notify offer open order pack
  park partition pause pay petition pick pin ping place plan position post prepare print proceed process promote propose publish
  pull purchase push put question queue rate read receive record redeem refresh refund register reject release remind remove rename
  renew rent reopen repair replace reply report request reschedule resend reserve reset resolve restore resume return review revoke
  ring rotate route run save scan schedule seed segment sell send set settle share ship sign skip snooze speed split spring start
  sting stop store string submit subscribe succeed supplement suspend swap swing switch sync tag take terminate test track transfer
  trigger unblock undo unfollow unlink unlock unpin unpublish unsubscribe update upgrade upload use validate verify void vote watch
  withdraw witness write
`);
