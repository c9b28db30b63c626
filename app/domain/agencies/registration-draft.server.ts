import { newId } from '#app/domain/chance.server.ts'
import type { Knex } from 'knex'
import { transact } from '#db/client.ts'
import { findCredential } from '#db/repositories/accounts.ts'
import { listRegistered } from '#db/repositories/agency-imports.ts'
import { findDivision, findMarketplace } from '#db/repositories/divisions.ts'
import { listQualificationKinds } from '#db/repositories/qualifications.ts'
import { deleteDraft, findDraft, insertDraft, lockDraft, saveAnswers, saveSent, type DraftKey, type RegistrationDraft } from '#db/repositories/registration-drafts.ts'
import { hashPassword } from '../accounts/password.server.ts'
import { hashOfToken } from '../accounts/session.ts'
import { newToken } from '../accounts/open-session.server.ts'
import { endOf } from '../calendar.ts'
import type { Context } from '../context.ts'
import { Refusal } from '../refusal.ts'
import { policyOfAgencies } from './periods.server.ts'
import { checkKind } from './qualification.ts'
import { registerAgency, type RegisteredAgency } from './register-agency.server.ts'
import { faultsOf, MOST_LISTED, type Answers, type ListStep, type Step } from './registration.ts'

export type { RegistrationDraft }

function keyOf({ actor }: Context, token: string | null): DraftKey {
  return { tokenHash: token ? hashOfToken(token) : null, accountId: actor.kind === 'member' ? actor.accountId : null }
}

/** How long a draft waits from now on; every save begins the period anew. */
async function expiryFrom(trx: Knex.Transaction, at: Date): Promise<Date> {
  const place = (await findMarketplace(trx))?.divisionCode ?? '000000'
  const { policies } = await policyOfAgencies(trx, place, at)
  return endOf(at, policies.registrationDraft.value).at
}

/** Begins a registration. @returns the token for the browser's cookie, which is the only key to the draft for whoever is not signed in */
export async function beginRegistration(context: Context): Promise<{ token: string; expiresAt: Date }> {
  const token = newToken()
  return transact(context.db, async (trx) => {
    const at = await context.clock.read(trx)
    const expiresAt = await expiryFrom(trx, at)
    await insertDraft(trx, { id: newId(), tokenHash: hashOfToken(token), accountId: keyOf(context, null).accountId, at, expiresAt })
    return { token, expiresAt }
  })
}

/** The registration that this browser, or the person signed in, has begun; undefined when there is none or it expired. */
export async function findRegistration(context: Context, token: string | null): Promise<RegistrationDraft | undefined> {
  return findDraft(context.db, keyOf(context, token), await context.clock.read(context.db))
}

/** Throws a registration away that was not sent. */
export async function discardRegistration(context: Context, token: string | null): Promise<void> {
  await changing(context, token, (trx, draft) => deleteDraft(trx, draft.id))
}

/**
 * Saves one step's answers and leaves the others alone, so that two tabs at two steps lose nothing.
 *
 * @param password given at the account's step; it is kept as a hash only
 * @throws Refusal `agencies.registration-unknown`; `accounts.uscc-registered`, `accounts.division-unknown`,
 * `accounts.sign-in-name-taken`, `agencies.division-unknown`, each at its field: what would be refused at the end is said at once
 */
export async function saveStep<S extends Exclude<Step, ListStep>>(context: Context, token: string | null, { step, answer, password }: { step: S; answer: NonNullable<Answers[S]>; password?: string }): Promise<void> {
  const passwordHash = password ? await hashPassword(password) : undefined
  await changing(context, token, async (trx, draft, at) => {
    const answers: Answers = { ...draft.answers, [step]: answer }
    await refuseEarly(trx, step, answers)
    await saveAnswers(trx, draft.id, { answers, passwordHash, at, expiresAt: await expiryFrom(trx, at) })
  })
}

async function refuseEarly(trx: Knex.Transaction, step: Step, { organisation, account, introduction }: Answers): Promise<void> {
  if (step === 'organisation' && organisation) {
    if (!(await findDivision(trx, organisation.divisionCode))) throw new Refusal('invalid', 'accounts.division-unknown', { field: 'divisionCode' })
    if ((await listRegistered(trx, [organisation.uscc])).size) throw new Refusal('conflict', 'accounts.uscc-registered', { field: 'uscc' })
  }
  if (step === 'account' && account && (await findCredential(trx, account.signInName))) throw new Refusal('conflict', 'accounts.sign-in-name-taken', { field: 'signInName' })
  for (const code of step === 'introduction' ? (introduction?.serviceDivisions ?? []) : []) {
    if (!(await findDivision(trx, code))) throw new Refusal('invalid', 'agencies.division-unknown', { field: 'serviceDivisions', params: { division: code } })
  }
}

type Change<S extends ListStep> = { add?: Omit<NonNullable<Answers[S]>['items'][number], 'id'>; remove?: string; done?: boolean }

/**
 * Adds to, takes from or closes one of the lists: papers, certificates, practitioners.
 *
 * @throws Refusal `agencies.registration-unknown`, `agencies.too-many-listed`, `agencies.qualification-unknown`, `agencies.grade-unknown`
 */
export async function saveListed<S extends ListStep>(context: Context, token: string | null, step: S, { add, remove, done }: Change<S>): Promise<void> {
  await changing(context, token, async (trx, draft, at) => {
    const before = draft.answers[step] ?? { items: [], done: false }
    const items = [...before.items.filter(({ id }) => id !== remove), ...(add ? [{ ...add, id: newId() }] : [])]
    if (items.length > MOST_LISTED) throw new Refusal('conflict', 'agencies.too-many-listed', { params: { most: MOST_LISTED } })
    if (add && step === 'qualifications') checkKind(add as never, await listQualificationKinds(trx))
    const answers = { ...draft.answers, [step]: { items, done: done ?? before.done } } as Answers
    await saveAnswers(trx, draft.id, { answers, at, expiresAt: await expiryFrom(trx, at) })
  })
}

/**
 * Sends a registration: the agency is active from then on. Whoever sends twice, or from two tabs, makes one agency.
 *
 * @returns the agency, or `sentBefore` when this draft was sent already
 * @throws Refusal `agencies.registration-unknown`, `agencies.registration-incomplete`, and what `registerAgency` refuses
 */
export async function sendRegistration(context: Context, token: string | null, { locale }: { locale: 'zh' | 'en' }): Promise<RegisteredAgency | 'sentBefore'> {
  return changing(context, token, async (trx, draft, at) => {
    if (draft.sentAt) return 'sentBefore'
    const { answers, passwordHash } = draft
    if (faultsOf(answers, passwordHash !== null).length > 0) throw new Refusal('conflict', 'agencies.registration-incomplete')
    const registered = await registerAgency({ ...context, db: trx }, {
      ...answers.organisation!,
      ...answers.account!,
      ...answers.people!,
      ...answers.introduction!,
      ...answers.commitment!,
      password: { hashed: passwordHash! },
      documents: answers.documents!.items,
      qualifications: answers.qualifications!.items,
      practitioners: answers.practitioners!.items,
      locale,
    })
    await saveSent(trx, draft.id, { agencyId: registered.organisationId, at })
    return registered
  }, { sent: true })
}

async function changing<R>(context: Context, token: string | null, work: (trx: Knex.Transaction, draft: RegistrationDraft, at: Date) => Promise<R>, { sent = false } = {}): Promise<R> {
  return transact(context.db, async (trx) => {
    const draft = await lockDraft(trx, keyOf(context, token), await context.clock.read(trx))
    if (!draft || (draft.sentAt && !sent)) throw new Refusal('missing', 'agencies.registration-unknown')
    return work(trx, draft, await context.clock.read(trx))
  })
}

