import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { z } from 'zod'
import { chooseMembership } from '#app/domain/accounts/choose-membership.server.ts'
import { SignInForm } from '#app/domain/accounts/credentials.ts'
import { demoAccounts, demoPeople } from '#app/domain/accounts/demo-people.server.ts'
import { DESKS } from '#app/domain/accounts/desks.ts'
import { localAccounts } from '#app/domain/accounts/local-accounts.server.ts'
import { nextPath } from '#app/domain/accounts/next-path.ts'
import { showSessions } from '#app/domain/accounts/show-sessions.server.ts'
import { signIn } from '#app/domain/accounts/sign-in.server.ts'
import { isRefusal } from '#app/domain/refusal.ts'
import { enter } from '#app/http/enter.server.ts'
import { theServices } from '#app/http/services.server.ts'
import { sessionTokenOf } from '#app/http/session-cookie.server.ts'
import { welcome } from '#app/http/session-reply.server.ts'
import { submit } from '#app/http/submit.server.ts'
import { paths } from '#app/paths.ts'
import { Button } from '#app/ui/button.tsx'
import { Field, kept, type Rejected } from '#app/ui/field.tsx'
import { PostForm } from '#app/ui/form.tsx'
import { Icon } from '#app/ui/icon.tsx'
import { useLocale, useWords } from '#app/ui/locale.tsx'
import { Notice } from '#app/ui/notice.tsx'
import { Page, Section } from '#app/ui/page.tsx'
import { titled } from '#app/ui/titled.ts'

export const meta = titled((words) => words.accounts.signIn.title)

export async function loader(arrived: LoaderFunctionArgs) {
  const context = await enter(arrived)
  const { config } = theServices()
  const next = nextPath(new URL(arrived.request.url).searchParams.get('next'))
  const [people, own] = await Promise.all([
    demoPeople(context.db, config),
    showSessions(context, { token: sessionTokenOf(arrived.request) }).catch((error: unknown) => {
      if (isRefusal(error)) return null
      throw error
    }),
  ])
  const { actor } = context
  return {
    next,
    people,
    memberships: own?.memberships ?? null,
    member: actor.kind === 'member' ? { name: actor.displayName, desk: paths[DESKS[actor.role]]() } : null,
  }
}

const Intents = z.discriminatedUnion('intent', [
  SignInForm.extend({ intent: z.literal('password'), next: z.string().optional() }),
  z.object({ intent: z.literal('demo'), accountId: z.uuid('forms.invalid_value'), next: z.string().optional() }),
  z.object({ intent: z.literal('choose'), choice: z.string().regex(/^[0-9a-f-]{36}:(agency|owner|authority|regulator|operator)$/, 'forms.invalid_value'), next: z.string().optional() }),
])

/** A form that names no intent is the plain one of name and password. */
const Form = z.preprocess((given) => ({ intent: 'password', ...(given as object) }), Intents)

export async function action(arrived: ActionFunctionArgs) {
  const { request, context: arrival } = arrived
  const context = await enter(arrived)
  const formerToken = sessionTokenOf(request)
  const from = { ip: arrival.ip, userAgent: request.headers.get('user-agent') ?? '', formerToken }
  return submit(request, Form, async (input) => {
    if (input.intent === 'choose') {
      const [organisationId, role] = input.choice.split(':') as [string, 'owner']
      return welcome(await chooseMembership(context, { token: formerToken, organisationId, role }), input.next)
    }
    if (input.intent === 'demo') return welcome(await signIn(context, { provider: demoAccounts(theServices().config), proof: { accountId: input.accountId }, ...from }), input.next)
    return welcome(await signIn(context, { provider: localAccounts, proof: { signInName: input.signInName, password: input.password }, ...from }), input.next)
  })
}

export default function SignIn() {
  const { accounts, drafts } = useWords()
  const words = accounts.signIn
  const { next, people, memberships, member } = useLoaderData<typeof loader>()
  const rejected = useActionData<Rejected>()
  return (
    <Page title={words.title} lead={words.lead}>
      {next === paths.keptForm() && !member ? <Notice tone="open">{drafts.kept.signIn}</Notice> : null}
      {member ? <Notice tone="kept" title={words.already(member.name)} next={{ href: member.desk, label: words.toDesk }} /> : null}
      {memberships && !member ? <Choose memberships={memberships} next={next} /> : null}
      {people.length && !rejected ? <DemoPeople people={people} next={next} /> : null}
      <Section title={people.length ? words.orPassword : words.title}>
        <PostForm action={paths.signIn()} rejected={rejected} labels={{ signInName: words.name, password: words.password }}>
          <input type="hidden" name="intent" value="password" />
          <input type="hidden" name="next" value={next ?? ''} />
          <Field name="signInName" label={words.name} autoComplete="username" maxLength={200} {...kept(rejected, 'signInName')} />
          <Field name="password" type="password" label={words.password} autoComplete="current-password" errors={rejected?.errors.password} />
          <div className="actions">
            <Button kind="main">{words.button}</Button>
          </div>
        </PostForm>
        <p>
          {words.noAccount} <a href={paths.register()}>{words.register}</a>
        </p>
      </Section>
      {people.length && rejected ? <DemoPeople people={people} next={next} /> : null}
    </Page>
  )
}

type Shown = ReturnType<typeof useLoaderData<typeof loader>>

/** In the order of the story: who needs, who asks, who offers, and who watches over them. */
const GROUPS = { owner: ['owner'], authority: ['authority'], agency: ['agency'], judge: ['judge'], oversight: ['regulator', 'operator'] } as const

function DemoPeople({ people, next }: Pick<Shown, 'people' | 'next'>) {
  const { accounts } = useWords()
  const words = accounts.signIn
  return (
    <Section title={words.demoTitle} lead={words.demoLead}>
      {Object.entries(GROUPS).map(([group, roles]) => {
        const ofGroup = people.filter(({ role }) => (roles as readonly string[]).includes(role))
        return ofGroup.length ? (
          <div key={group} className="people-group">
            <h3>{words.demoGroups[group as keyof typeof GROUPS]}</h3>
            <ul className="people">
              {ofGroup.map((person) => (
                <DemoCard key={person.accountId} person={person} next={next} />
              ))}
            </ul>
          </div>
        ) : null
      })}
    </Section>
  )
}

function DemoCard({ person, next }: { person: Shown['people'][number]; next: string | null }) {
  const { accounts } = useWords()
  const locale = useLocale()
  const { displayName, organisationName, role, duty, sentence } = person
  return (
    <li>
      <strong>{displayName}</strong>
      <span className="person-office">{accounts.signIn.demoPerson(organisationName === displayName ? null : organisationName, accounts.roles[role], accounts.duties[duty])}</span>
      <p>{sentence[locale]}</p>
      <form method="post" action={paths.signIn()}>
        <input type="hidden" name="intent" value="demo" />
        <input type="hidden" name="accountId" value={person.accountId} />
        <input type="hidden" name="next" value={next ?? ''} />
        <Button kind="quiet" small>
          {accounts.signIn.demoButton(displayName)}
          <Icon name="next" />
        </Button>
      </form>
    </li>
  )
}

function Choose({ memberships, next }: { memberships: NonNullable<Shown['memberships']>; next: string | null }) {
  const { accounts } = useWords()
  const words = accounts.signIn
  if (!memberships.length) return <Notice tone="refused">{words.none}</Notice>
  return (
    <Section title={words.chooseTitle} lead={words.chooseLead}>
      <form method="post" action={paths.signIn()} className="actions">
        <input type="hidden" name="intent" value="choose" />
        <input type="hidden" name="next" value={next ?? ''} />
        {memberships.map((one) => (
          <Button key={one.organisationId + one.role} name="choice" value={`${one.organisationId}:${one.role}`}>
            {words.choose(one.organisationName, accounts.roles[one.role])}
          </Button>
        ))}
      </form>
    </Section>
  )
}
