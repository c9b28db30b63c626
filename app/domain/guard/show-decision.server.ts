import { can } from '#app/domain/accounts/actor.ts'
import { isApplicant } from '#app/domain/cases/show-case.server.ts'
import type { Context } from '#app/domain/context.ts'
import { isWithin } from '#app/domain/divisions/division.ts'
import { showEntry, type EntryProof } from '#app/domain/ledger/show-entry.server.ts'
import { Refusal } from '#app/domain/refusal.ts'
import { isUuid } from '#app/domain/uuid.ts'
import { findCase } from '#db/repositories/cases.ts'
import { findGuardDecision, type GuardDecisionRow } from '#db/repositories/guard-decisions.ts'
import { findOwnedProject } from '#db/repositories/projects.ts'
import { findAuthorityName } from '#db/views/demands.ts'
import type { Decision } from './decision.ts'
import type { Reason } from './judgement.ts'

/** Where a decision stands in the ledger; index, checkpoint and proof are null while they are only promised. */
export type LedgerPlace = { entry: string; leafHash: string; index: number | null; checkpoint: EntryProof['checkpoint'] | null; proof: string[] | null; promisedBy: string }

export type ShownDecision = Omit<Decision, 'ledger'> & { ledger: LedgerPlace }

/**
 * The whole signed document, for the authority that made the demand and for the regulator of its division.
 *
 * @throws Refusal `guard.no-such-decision` for everybody else, as for an id that never was
 */
export async function showDecision(context: Context, id: string): Promise<ShownDecision> {
  const row = await find(context, id)
  if (!maySeeWhole(context, row)) throw new Refusal('missing', 'guard.no-such-decision')
  return placed(context, row)
}

/** What was demanded as it was put, for those who may know; `words` is a code where no words were used. */
export type ToldDemand = { words: string; caseNumber: string | null; projectCode: string | null; approvalItem: string }

/** What everybody may read of a decision: no case number, no words of an officer's own, no agency that was named. */
export type PublicDecision = Pick<Decision, 'id' | 'verdict' | 'material' | 'commissioning' | 'facts' | 'alternatives' | 'listing' | 'nearest' | 'catalogueVersion' | 'signature' | 'decidedAt'> & {
  /** Without their sentences, which may name an agency: the page words them again. */
  reasons: Reason[]
  /** The earlier decision that this one answers. */
  answers: string | null
  authority: string
  /** Null where the authority used words of its own for it. */
  approvalItem: string | null
  commissioner: Decision['demand']['commissioner']
  demandedOn: string
  ledger: LedgerPlace
  /** True for those who may have the whole document. */
  whole: boolean
  /** Null in public; said to those who may have the whole document, and to the owner of the project and the applicant of the case, of whom it was demanded. */
  told: ToldDemand | null
}

/** One decision in public, and what was said in it for those of whom it was demanded. Refuses `guard.no-such-decision`. */
export async function showPublicDecision(context: Context, id: string): Promise<PublicDecision> {
  const row = await find(context, id)
  const [decision, { name, knownItem }, isToOne] = await Promise.all([placed(context, row), findAuthorityName(context.db, row), isDemandedOf(context, row)])
  const whole = maySeeWhole(context, row)
  const { verdict, material, commissioning, facts, alternatives, listing, nearest, catalogueVersion, signature, decidedAt, ledger, demand } = decision
  return {
    id,
    verdict,
    material,
    commissioning,
    reasons: decision.reasons.map(({ code, bearing, params }) => ({ code, bearing, params: publicParams(params, knownItem) })),
    facts,
    alternatives,
    listing,
    nearest,
    catalogueVersion,
    signature,
    decidedAt,
    ledger,
    answers: decision.answers ?? null,
    authority: name,
    approvalItem: knownItem,
    commissioner: demand.commissioner,
    demandedOn: demand.demandedOn,
    whole,
    told: whole || isToOne ? { words: Object.values(demand.demanded)[0]!, caseNumber: demand.caseNumber, projectCode: demand.projectCode, approvalItem: row.approvalItem } : null,
  }
}

async function find(context: Context, id: string): Promise<GuardDecisionRow> {
  const row = isUuid(id) ? await findGuardDecision(context.db, id) : undefined
  if (!row) throw new Refusal('missing', 'guard.no-such-decision')
  return row
}

function maySeeWhole({ actor }: Context, { authorityId, divisionCode }: GuardDecisionRow): boolean {
  if (actor.kind === 'client' || actor.kind === 'member') {
    if (can(actor, 'see:own-demands') && actor.organisationId === authorityId) return true
    return actor.kind === 'member' && can(actor, 'see:demands') && isWithin(divisionCode, actor.divisionCode)
  }
  return false
}

/** Is it the reader's own project, or the reader's own case, that something was demanded for? */
async function isDemandedOf({ actor, db }: Context, { authorityId, caseNumber, projectCode }: GuardDecisionRow): Promise<boolean> {
  if (actor.kind !== 'member' || !can(actor, 'register:project')) return false
  const [project, found] = await Promise.all([projectCode ? findOwnedProject(db, projectCode) : undefined, caseNumber ? findCase(db, { authorityId, number: caseNumber }) : undefined])
  return project?.ownerId === actor.organisationId || Boolean(found && (await isApplicant(db, actor, found)))
}

async function placed(context: Context, row: GuardDecisionRow): Promise<ShownDecision> {
  const { ledger, ...decision } = JSON.parse(row.document) as Decision
  const { proof } = await showEntry(context, { id: row.ledgerEntryId })
  return { ...decision, ledger: { entry: ledger.entry, leafHash: ledger.leafHash, index: proof?.index ?? null, checkpoint: proof?.checkpoint ?? null, proof: proof?.hashes ?? null, promisedBy: ledger.promisedBy } }
}

/** A named agency is somebody's name, and an item or document in an officer's own words could be. */
function publicParams(params: Record<string, string | number>, knownItem: string | null): Record<string, string | number> {
  const { agency: _agency, item, ...rest } = params
  return item === undefined ? rest : { ...rest, item: knownItem ?? '' }
}
