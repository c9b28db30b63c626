import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { acceptInvitation } from '#app/domain/accounts/accept-invitation.server.ts'
import { AcceptanceForm } from '#app/domain/accounts/invitation.ts'
import { OwnerForm, PersonOwnerForm } from '#app/domain/accounts/owner.ts'
import { registerOwner } from '#app/domain/accounts/register-owner.server.ts'
import { signIn } from '#app/domain/accounts/sign-in.server.ts'
import { networkOf, throttle } from '#app/domain/accounts/throttle.server.ts'
import { AgencyForm } from '#app/domain/agencies/agency.ts'
import { registerAgency } from '#app/domain/agencies/register-agency.server.ts'
import { enter } from '#app/http/enter.server.ts'
import { localeOf } from '#app/http/locale.server.ts'
import { sessionTokenOf } from '#app/http/session-cookie.server.ts'
import { welcome } from '#app/http/session-reply.server.ts'
import { submit } from '#app/http/submit.server.ts'
import { openUpload } from '#app/http/upload.server.ts'
import { paths } from '#app/paths.ts'
import type { Rejected } from '#app/ui/field.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { Notice } from '#app/ui/notice.tsx'
import { Page, Section } from '#app/ui/page.tsx'
import { Rows } from '#app/ui/rows.tsx'
import { AccountQuestions, AgencyQuestions, OrganisationQuestions, PersonQuestions } from '#app/ui/registration.tsx'
import { titled } from '#app/ui/titled.ts'

const KINDS = ['agency', 'owner', 'person', 'delegate'] as const
type Kind = (typeof KINDS)[number]

function kindOf(request: Request): Kind | null {
  const as = new URL(request.url).searchParams.get('as') as Kind
  return KINDS.includes(as) ? as : null
}

export const meta = titled<typeof loader>((words, data) => (data?.as ? words.accounts.register[data.as].title : words.accounts.register.title))

export async function loader(arrived: LoaderFunctionArgs) {
  const { actor } = await enter(arrived)
  return { as: kindOf(arrived.request), member: actor.kind === 'member' ? `${actor.organisationName} · ${actor.displayName}` : null }
}

export async function action(arrived: ActionFunctionArgs) {
  const { request, context: arrival } = arrived
  const context = await enter(arrived)
  const as = kindOf(request) ?? 'agency'
  const locale = localeOf(request)
  const signInAs = async (accountId: string, done: string) => {
    const proven = { name: 'registration', identify: async () => accountId }
    return welcome(await signIn(context, { provider: proven, proof: {}, ip: arrival.ip, userAgent: request.headers.get('user-agent') ?? '', formerToken: sessionTokenOf(request) }), done)
  }
  const count = () => throttle(context.db, 'register-address', networkOf(arrival.ip))

  switch (as) {
    case 'agency': {
      const body = request.clone()
      return submit(request, AgencyForm, async (input) => {
        await count()
        const licence = (await (await openUpload(body, 'licence'))?.store()) ?? null
        const { accountId } = await registerAgency(context, { ...input, licence, locale })
        return signInAs(accountId, paths.agencyDesk({ done: 'registered' }))
      })
    }
    case 'owner':
      return submit(request, OwnerForm, async (input) => {
        await count()
        const { accountId } = await registerOwner(context, { kind: 'organisation', ...input, locale })
        return signInAs(accountId, paths.ownerDesk({ done: 'registered' }))
      })
    case 'person':
      return submit(request, PersonOwnerForm, async (input) => {
        await count()
        const { accountId } = await registerOwner(context, { kind: 'natural-person', ...input, locale })
        return signInAs(accountId, paths.ownerDesk({ done: 'registered' }))
      })
    case 'delegate':
      return submit(request, AcceptanceForm, async (input) => {
        const { accountId } = await acceptInvitation(context, { ...input, locale, ip: arrival.ip })
        return signInAs(accountId, '')
      })
  }
}

export default function Register() {
  const words = useWords().accounts.register
  const { as, member } = useLoaderData<typeof loader>()
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
      {as === 'agency' ? <AgencyQuestions rejected={rejected} /> : null}
      {as === 'owner' ? <OrganisationQuestions rejected={rejected} /> : null}
      {as === 'person' ? <PersonQuestions rejected={rejected} /> : null}
      {as === 'delegate' ? <AccountQuestions rejected={rejected} /> : null}
      <p>
        <a href={paths.signIn()}>{words.haveAccount}</a>
      </p>
    </Page>
  )
}
