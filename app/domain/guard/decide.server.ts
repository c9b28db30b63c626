import { newId } from '#app/domain/chance.server.ts'
import { can, type Client, type Member } from '#app/domain/accounts/actor.ts'
import { PERMISSIONS, type Scope } from '#app/domain/accounts/permissions.ts'
import { dayOf } from '#app/domain/calendar.ts'
import type { Context } from '#app/domain/context.ts'
import { canonical, sha256, type Json } from '#app/domain/ledger/canonical.ts'
import { signObject } from '#app/domain/ledger/keyring.ts'
import { prepareTelling } from '#app/domain/ledger/tell.server.ts'
import { Refusal } from '#app/domain/refusal.ts'
import { databaseClock, transactSwiftly, type Line } from '#db/client.ts'
import { findGuardDecision, insertGuardDecision, type GuardDecisionRow } from '#db/repositories/guard-decisions.ts'
import type { TellingBindings } from '#db/repositories/ledger-entries.ts'
import { KEEP_HOURS } from '#app/domain/accounts/idempotency.ts'
import { fittedToCase, refuseFarBack } from './case-demand.ts'
import { answerOf, type Decision, type Say } from './decision.ts'
import type { Demand } from './demand.ts'
import { gatherFacts, type Gathered } from './gather-facts.server.ts'
import { judge } from './guard.ts'

export type Idempotency = { key: string; requestHash: string }

/** `id` is what a page has named the decision beforehand, so that a form sent twice is decided once. */
type Input = { demand: Demand; say: Say; idempotency?: Idempotency | null; id?: string }

/** The answer as it goes out, byte for byte; `replayed` where it had been given before, a kept refusal has no id. */
export type Decided = { id: string | null; status: number; body: string; replayed: boolean }

/**
 * Records a demand and signs what the list of its day says about it: one read, one write, in one transaction.
 *
 * @returns the signed decision with its promise of a place in the ledger, or the first answer given under the same key
 * @throws Refusal `guard.not-your-authority` for another authority's demand,
 *   what {@link fittedToCase} and, where its case is not registered here, {@link refuseFarBack} refuse, `guard.still-running` while the same key is being answered, `guard.other-request` where the key answered something else
 */
export async function decide(context: Context, input: Input): Promise<Decided> {
  const actor = authorityWho(context)
  if (input.demand.authority !== actor.uscc) throw new Refusal('forbidden', 'guard.not-your-authority', { field: 'authority' })
  const before = input.id && (await findOwn(context, actor, input.id))
  if (before) return before
  const decided = await attempt(context, actor, input)
  if (decided) return decided
  // Somebody finished under the same key between our read and our write: their answer can be read now.
  const second = input.id ? await findOwn(context, actor, input.id) : await attempt(context, actor, input)
  if (!second) throw new Refusal('conflict', 'guard.still-running')
  return second
}

/** The answer that this authority was given under the id. */
async function findOwn({ db }: Context, actor: Client | Member, id: string): Promise<Decided | null> {
  const found = await findGuardDecision(db, id)
  return found && found.authorityId === actor.organisationId ? { id, status: 201, body: found.document, replayed: true } : null
}

/** Nothing where another answer came to stand under the idempotency key, or under the id, meanwhile. */
function attempt(context: Context, actor: Client | Member, input: Input): Promise<Decided | null> {
  return transactSwiftly(context.db, (line) => decideWithin(line, context, actor, input))
}

async function decideWithin(line: Line, context: Context, actor: Client | Member, { demand: asked, say, idempotency, id }: Input): Promise<Decided | null> {
  const clientId = actor.kind === 'client' ? actor.clientId : null
  // The read brings the database's clock along; a story's or a test's is asked beforehand, for the policy of its day.
  const told = context.clock === databaseClock ? null : await context.clock.read(context.db)
  const gathered = await gatherFacts(line, asked, {
    divisionCode: actor.divisionCode,
    authorityId: actor.organisationId,
    idempotency: clientId && idempotency ? { clientId, key: idempotency.key } : null,
    today: told && dayOf(told),
  })
  const { read } = gathered
  if (clientId && idempotency) refuseLessened(read.scopesNow)
  if (!read.held) throw new Refusal('conflict', 'guard.still-running')
  if (read.replay) {
    if (read.replay.requestHash !== idempotency?.requestHash) throw new Refusal('invalid', 'guard.other-request')
    const { status, body } = read.replay
    return { id: status === 201 ? (JSON.parse(body) as Decision).id : null, status, body, replayed: true }
  }
  const at = told ?? read.at
  const demand = fittedToCase(asked, { divisionCode: actor.divisionCode, at, found: read.demandedCase, meant: read.approvalItem?.code ?? null })
  if (!read.demandedCase) refuseFarBack(asked, dayOf(at), read.backDays)

  const prepared = prepareDecision(context, { id: id ?? newId(), divisionCode: actor.divisionCode, act: 'record:demand', demand, say, gathered, at })
  const { document: { id: decisionId }, telling } = prepared
  const row = rowOf(prepared, { divisionCode: actor.divisionCode, authorityId: actor.organisationId, gathered, at })
  const answer =
    clientId && idempotency
      ? { clientId, key: idempotency.key, requestHash: Buffer.from(idempotency.requestHash, 'hex'), status: 201, body: row.document, createdAt: read.at, expiresAt: new Date(read.at.getTime() + KEEP_HOURS * 3_600_000) }
      : null
  return (await insertGuardDecision(line, row, telling, answer)) ? { id: decisionId, status: 201, body: row.document, replayed: false } : null
}

type ToPrepare = { id: string; divisionCode: string; act: 'record:demand' | 'decide:words'; demand: Demand; say: Say; gathered: Gathered; at: Date; answers?: string; /** The case's own event tells its applicant. */ withCase?: boolean }
export type Prepared = { document: Decision; telling: TellingBindings }

/** The decision's own row, with its document as it is handed out. */
export function rowOf({ document }: Prepared, { divisionCode, authorityId, gathered, at }: { divisionCode: string; authorityId: string; gathered: Gathered; at: Date }): GuardDecisionRow {
  const { demand } = document
  return {
    id: document.id,
    divisionCode,
    authorityId,
    caseNumber: demand.caseNumber,
    projectCode: demand.projectCode,
    approvalItem: gathered.facts.approvalItem?.name ?? demand.approvalItem,
    listingId: gathered.read.listing?.id ?? null,
    demandedOn: demand.demandedOn,
    verdict: document.verdict,
    reasons: document.reasons.map(({ code }) => code),
    document: JSON.stringify(document),
    ledgerEntryId: document.ledger.entry,
    decidedAt: at,
  }
}

/** The signed document, and the rows that tell it to the ledger. Nothing here touches the database. */
export function prepareDecision(context: Context, { id, divisionCode, act, demand, say, gathered, at, answers, withCase }: ToPrepare): Prepared {
  const { facts, givenFacts } = gathered
  const answer = answerOf(judge(gathered.demand, facts), facts, say)
  const said = { id, ...answer, demand: { ...demand, givenFacts }, ...(answers && { answers }) }
  const decidedAt = at.toISOString()
  const signed = signObject(context.keyring, 'decision', 'decision', { ...said, decidedAt })
  const { verdict, material, commissioning, reasons, catalogueVersion } = answer
  const told = prepareTelling(context, {
    at,
    act,
    kind: 'demand.decided',
    subject: signed.id,
    divisionCode,
    facts: {
      verdict,
      material,
      commissioning,
      reasons: reasons.map(({ code }) => code),
      authority: demand.authority,
      // An approval item in words of the authority's own could name anybody; ours are public.
      approvalItem: facts.approvalItem?.name ?? null,
      listing: facts.listing?.code ?? null,
      demandedOn: demand.demandedOn,
      catalogueVersion,
      ...(answers && { answers }),
      // Over the signature too, which nobody without the document can guess: the hash gives nothing of the case away.
      decision: sha256(canonical(signed as unknown as Json)).toString('hex'),
    },
    event: { type: 'marketplace.demand.decided.v1', subject: demand.caseNumber ?? signed.id, data: { decision: signed.id, authority: demand.authority, caseNumber: demand.caseNumber, verdict, reasons: reasons.map(({ code }) => code), ...(answers && { answers }), ...(withCase && { withCase }) } },
    details: { caseNumber: demand.caseNumber, projectCode: demand.projectCode },
  })
  const document: Decision = { ...said, ledger: told.reference, signature: signed.signature, decidedAt }
  return { document, telling: told.bindings }
}

/** A token says what its client might do when it was given out. @throws Refusal `guard.bad-token` where the client was revoked since, `guard.scope-missing` */
function refuseLessened(now: readonly Scope[] | null): void {
  const { scope } = PERMISSIONS['record:demand']
  if (now === null) throw new Refusal('unauthenticated', 'guard.bad-token')
  if (!now.includes(scope)) throw new Refusal('forbidden', 'guard.scope-missing', { params: { scope } })
}

/** The authority behind a demand: a machine of its own or an officer. */
function authorityWho({ actor }: Context): Client | Member {
  if (actor.kind === 'visitor') throw new Refusal('unauthenticated', 'accounts.sign-in-first')
  if (actor.kind === 'system' || !can(actor, 'record:demand')) throw new Refusal('forbidden', 'accounts.not-allowed')
  return actor
}
