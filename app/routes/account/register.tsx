import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { z } from 'zod'
import { acceptInvitation } from '#app/domain/accounts/accept-invitation.server.ts'
import { AcceptanceForm } from '#app/domain/accounts/invitation.ts'
import { OwnerForm, PersonOwnerForm } from '#app/domain/accounts/owner.ts'
import { registerOwner } from '#app/domain/accounts/register-owner.server.ts'
import { networkOf, throttle } from '#app/domain/accounts/throttle.server.ts'
import { beginRegistration, discardRegistration, findRegistration } from '#app/domain/agencies/registration-draft.server.ts'
import { nextStep, STEPS } from '#app/domain/agencies/registration.ts'
import { enter } from '#app/http/enter.server.ts'
import { localeOf } from '#app/http/locale.server.ts'
import { clearRegistrationCookie, makeRegistrationCookie, registrationTokenOf } from '#app/http/registration-cookie.server.ts'
import { signInAs } from '#app/http/sign-in-as.server.ts'
import { submit } from '#app/http/submit.server.ts'
import { paths } from '#app/paths.ts'
import type { Rejected } from '#app/ui/field.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { Notice } from '#app/ui/notice.tsx'
import { Page, Section } from '#app/ui/page.tsx'
import { Rows } from '#app/ui/rows.tsx'
import { AccountQuestions, BeginRegistration, OrganisationQuestions, PersonQuestions } from '#app/ui/registration.tsx'
import { titled } from '#app/ui/titled.ts'

const KINDS = ['agency', 'owner', 'person', 'delegate'] as const
type Kind = (typeof KINDS)[number]

function kindOf(request: Request): Kind | null {
  const as = new URL(request.url).searchParams.get('as') as Kind
  return KINDS.includes(as) ? as : null
}

export const meta = titled<typeof loader>((words, data) => (data?.as ? words.accounts.register[data.as].title : words.accounts.register.title))

export async function loader(arrived: LoaderFunctionArgs) {
  const context = await enter(arrived)
  const { actor } = context
  const as = kindOf(arrived.request)
  const draft = as === 'agency' ? await findRegistration(context, registrationTokenOf(arrived.request)) : undefined
  const begun = draft && !draft.sentAt ? { name: draft.answers.organisation?.name ?? null, updatedAt: draft.updatedAt, expiresAt: draft.expiresAt, next: nextStep(draft.answers) } : null
  return { as, begun, discarded: new URL(arrived.request.url).searchParams.get('done') === 'discarded', member: actor.kind === 'member' ? `${actor.organisationName} · ${actor.displayName}` : null }
}

export async function action(arrived: ActionFunctionArgs) {
  const { request, context: arrival } = arrived
  const context = await enter(arrived)
  const as = kindOf(request) ?? 'agency'
  const locale = localeOf(request)
  const count = () => throttle(context.db, 'register-address', networkOf(arrival.ip))

  switch (as) {
    case 'agency':
      return submit(request, z.object({ intent: z.enum(['begin', 'anew', 'discard']).catch('begin') }), async ({ intent }) => {
        const token = registrationTokenOf(request)
        const draft = await findRegistration(context, token)
        const isOpen = draft && !draft.sentAt
        if (isOpen && intent === 'begin') return redirect(paths.registerStep(nextStep(draft.answers) ?? 'commitment'))
        if (isOpen) await discardRegistration(context, token)
        if (intent === 'discard') return redirect(paths.register({ as: 'agency', done: 'discarded' }), { headers: { 'Set-Cookie': clearRegistrationCookie() } })
        await throttle(context.db, 'registration-draft', networkOf(arrival.ip))
        const begun = await beginRegistration(context)
        return redirect(paths.registerStep(STEPS[0]), { headers: { 'Set-Cookie': makeRegistrationCookie(begun.token, begun.expiresAt) } })
      })
    case 'owner':
      return submit(request, OwnerForm, async (input) => {
        await count()
        const { accountId } = await registerOwner(context, { kind: 'organisation', ...input, locale })
        return signInAs(arrived, context, accountId, paths.ownerDesk({ done: 'registered' }))
      })
    case 'person':
      return submit(request, PersonOwnerForm, async (input) => {
        await count()
        const { accountId } = await registerOwner(context, { kind: 'natural-person', ...input, locale })
        return signInAs(arrived, context, accountId, paths.ownerDesk({ done: 'registered' }))
      })
    case 'delegate':
      return submit(request, AcceptanceForm, async (input) => {
        const { accountId } = await acceptInvitation(context, { ...input, locale, ip: arrival.ip })
        return signInAs(arrived, context, accountId, '')
      })
  }
}

export default function Register() {
  const words = useWords().accounts.register
  const { as, member, begun, discarded } = useLoaderData<typeof loader>()
  const rejected = useActionData<Rejected>()
  const said = as ? words[as] : words
  return (
    <Page title={said.title} lead={said.lead} {...(as ? { back: { href: paths.register(), label: words.chooseOther } } : {})}>
      {member ? <Notice>{words.signedIn(member)}</Notice> : null}
      {as ? null : (
        <Section title={words.chooseTitle}>
          <Rows empty={{ title: words.title }} items={KINDS.map((kind) => ({ key: kind, href: paths.register({ as: kind }), title: words[kind].tab, note: words[kind].lead }))} />
        </Section>
      )}
      {as === 'agency' ? <BeginRegistration begun={begun} discarded={discarded} rejected={rejected} /> : null}
      {as === 'owner' ? <OrganisationQuestions rejected={rejected} /> : null}
      {as === 'person' ? <PersonQuestions rejected={rejected} /> : null}
      {as === 'delegate' ? <AccountQuestions rejected={rejected} /> : null}
      <p>
        <a href={paths.signIn()}>{words.haveAccount}</a>
      </p>
    </Page>
  )
}
