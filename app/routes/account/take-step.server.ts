import { redirect, type ActionFunctionArgs } from '@remix-run/node'
import { z } from 'zod'
import { passwordFault } from '#app/domain/accounts/credentials.ts'
import { networkOf, throttle } from '#app/domain/accounts/throttle.server.ts'
import { DOCUMENT_KINDS } from '#app/domain/agencies/document.ts'
import { PractitionerForm } from '#app/domain/agencies/practitioner.ts'
import { QualificationForm } from '#app/domain/agencies/qualification.ts'
import { findRegistration, saveListed, saveStep } from '#app/domain/agencies/registration-draft.server.ts'
import { AccountKeptStep, AccountStep, CommitmentStep, IntroductionStep, isListStep, missingDocuments, OrganisationStep, PeopleStep, stepAfter, type ListStep, type Step } from '#app/domain/agencies/registration.ts'
import type { Context } from '#app/domain/context.ts'
import { Refusal } from '#app/domain/refusal.ts'
import { enter } from '#app/http/enter.server.ts'
import { registrationTokenOf } from '#app/http/registration-cookie.server.ts'
import { readForm, submit } from '#app/http/submit.server.ts'
import { openUpload } from '#app/http/upload.server.ts'
import { paths } from '#app/paths.ts'

type Way = { context: Context; token: string | null; request: Request; step: Step; onward: Response; again: Response }

type Counts = { count: () => Promise<void>; countFile: () => Promise<void> }

/** Takes one page of a registration: saves it, and leads on, or back to the answers where somebody came from there. */
export async function takeStep(arrived: ActionFunctionArgs, step: Step) {
  const { request, context: arrival } = arrived
  const context = await enter(arrived)
  const toCheck = new URL(request.url).searchParams.get('from') === 'check'
  const after = stepAfter(step)
  const onward = redirect(toCheck || !after ? paths.registerCheck() : paths.registerStep(after))
  const token = registrationTokenOf(request)
  const draft = await findRegistration(context, token)
  // A draft that is gone, or sent from another tab, leaves nothing to save into: the first page says what there is to do.
  if (!draft || draft.sentAt) return redirect(paths.register({ as: 'agency' }))
  const way: Way = { context, token, request, step, onward, again: redirect(paths.registerStep(step, toCheck ? { from: 'check' } : {})) }
  const count = () => throttle(context.db, 'registration-step', networkOf(arrival.ip))
  if (isListStep(step)) return takeListed(way, step, { count, countFile: () => throttle(context.db, 'registration-file', networkOf(arrival.ip)) })
  if (step === 'account') return takeAccount(way, { hasPassword: draft.passwordHash !== null, uscc: draft.answers.organisation?.uscc }, count)
  const save = <S extends Exclude<Step, ListStep>>(which: S) => async (answer: never) => {
    await count()
    await saveStep(context, token, { step: which, answer })
    return onward
  }
  switch (step) {
    case 'organisation':
      return submit(request, OrganisationStep, save(step) as never)
    case 'people':
      return submit(request, PeopleStep, save(step) as never)
    case 'introduction':
      return submit(request, IntroductionStep, save(step) as never)
    case 'commitment':
      return submit(request, CommitmentStep, save(step) as never)
  }
}

async function takeAccount({ context, token, request, onward }: Way, { hasPassword, uscc }: { hasPassword: boolean; uscc: string | undefined }, count: () => Promise<void>) {
  const { password, passwordAgain } = await readForm(request.clone())
  if (hasPassword && !password && !passwordAgain) {
    return submit(request, AccountKeptStep, async (answer) => {
      await count()
      await saveStep(context, token, { step: 'account', answer })
      return onward
    })
  }
  return submit(request, AccountStep, async ({ password, passwordAgain: _, ...answer }) => {
    if (uscc && passwordFault(password, [uscc]) !== null) throw new Refusal('invalid', 'accounts.password-own', { field: 'password' })
    await count()
    await saveStep(context, token, { step: 'account', answer, password })
    return onward
  })
}

/** What a list's form asks; whoever presses "go on" with all of it empty adds nothing. */
const FIELDS: Record<Exclude<ListStep, 'documents'>, readonly string[]> = {
  qualifications: ['kind', 'number', 'issuer', 'scope', 'validUntil'],
  practitioners: ['name', 'proof', 'licenceKind1', 'licenceNumber1', 'licenceKind2', 'licenceNumber2', 'licenceKind3', 'licenceNumber3'],
}

async function takeListed({ context, token, request, onward, again }: Way, step: ListStep, { count, countFile }: Counts) {
  const values = await readForm(request.clone())
  if (values.intent === 'remove') {
    return submit(request, z.object({ id: z.uuid('forms.invalid_value') }), async ({ id }) => {
      await count()
      await saveListed(context, token, step, { remove: id })
      return again
    })
  }
  const done = values.intent === 'next'
  const to = done ? onward : again
  if (step === 'documents') {
    const body = request.clone()
    return submit(request, z.object({ kind: z.union([z.literal(''), z.enum(DOCUMENT_KINDS, 'forms.invalid_value')]).optional() }), async ({ kind }) => {
      const upload = await openUpload(body, 'file')
      if (upload && !kind) throw new Refusal('invalid', 'forms.required', { field: 'kind' })
      if (!upload && !done) throw new Refusal('invalid', 'agencies.file-none', { field: 'file' })
      await count()
      if (upload) await countFile()
      if (upload && kind) await saveListed(context, token, step, { add: { ...(await upload.store()), kind } })
      if (done) await closeDocuments(context, token)
      return to
    })
  }
  const isEmpty = FIELDS[step].every((field) => !values[field])
  if (done && isEmpty) {
    return submit(request, z.object({}), async () => {
      await count()
      await saveListed(context, token, step, { done })
      return to
    })
  }
  const add = async (item: never) => {
    await count()
    await saveListed(context, token, step, { add: item, ...(done && { done }) })
    return to
  }
  return step === 'qualifications' ? submit(request, QualificationForm, add as never) : submit(request, PractitionerForm, add as never)
}

/** A machine's part of the formal check: the papers that have to be there are. */
async function closeDocuments(context: Context, token: string | null): Promise<void> {
  const [missing] = missingDocuments((await findRegistration(context, token))?.answers ?? {})
  if (missing === 'agencies.licence-missing') throw new Refusal('invalid', 'agencies.licence-missing', { field: 'file' })
  if (missing) throw new Refusal('invalid', 'agencies.attorney-missing', { field: 'file' })
  await saveListed(context, token, 'documents', { done: true })
}
