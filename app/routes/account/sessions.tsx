import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { z } from 'zod'
import { can } from '#app/domain/accounts/actor.ts'
import { changePassword } from '#app/domain/accounts/change-password.server.ts'
import { endDelegation } from '#app/domain/accounts/end-delegation.server.ts'
import { InvitationForm } from '#app/domain/accounts/invitation.ts'
import { inviteDelegate } from '#app/domain/accounts/invite-delegate.server.ts'
import { revokeOtherSessions } from '#app/domain/accounts/revoke-other-sessions.server.ts'
import { revokeSession } from '#app/domain/accounts/revoke-session.server.ts'
import { showColleagues } from '#app/domain/accounts/show-colleagues.server.ts'
import { showSessions } from '#app/domain/accounts/show-sessions.server.ts'
import { OWN_ROLES, type OwnRole } from '#app/domain/agencies/own-role.ts'
import { takeUpRole } from '#app/domain/agencies/take-up-role.server.ts'
import { enter } from '#app/http/enter.server.ts'
import { sessionTokenOf } from '#app/http/session-cookie.server.ts'
import { orSignIn } from '#app/http/session-reply.server.ts'
import { submit } from '#app/http/submit.server.ts'
import { paths } from '#app/paths.ts'
import { Button } from '#app/ui/button.tsx'
import { CodeText } from '#app/ui/code-text.tsx'
import { Confirm } from '#app/ui/confirm.tsx'
import { DataTable } from '#app/ui/data-table.tsx'
import { deviceText } from '#app/ui/device.ts'
import { ErrorSummary } from '#app/ui/error-summary.tsx'
import { Field, kept, type Rejected } from '#app/ui/field.tsx'
import { PostForm } from '#app/ui/form.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { Notice } from '#app/ui/notice.tsx'
import { Page, Section } from '#app/ui/page.tsx'
import { Status } from '#app/ui/status.tsx'
import { Instant } from '#app/ui/time.tsx'
import { titled } from '#app/ui/titled.ts'

export const meta = titled((words) => words.accounts.sessions.title)

export async function loader(arrived: LoaderFunctionArgs) {
  const context = await enter(arrived)
  const asked = new URL(arrived.request.url).searchParams
  const [page, people] = await Promise.all([orSignIn(arrived.request, showSessions(context, { token: sessionTokenOf(arrived.request) })), can(context.actor, 'invite:delegate') ? showColleagues(context) : null])
  const { actor } = context
  const held = page.memberships.filter(({ uscc }) => actor.kind === 'member' && uscc === actor.uscc).map(({ role }) => role)
  const open = people && actor.kind === 'member' && actor.uscc && OWN_ROLES.includes(actor.role as OwnRole) ? OWN_ROLES.filter((role) => !held.includes(role)) : []
  return { ...page, people, open, done: asked.get('done'), count: asked.get('count') ?? '0' }
}

/** The intents whose form says itself what is wrong with it. */
const FORMS = ['password', 'invite']

const Form = z.discriminatedUnion('intent', [
  z.object({ intent: z.literal('end'), sessionId: z.uuid('forms.invalid_value') }),
  z.object({ intent: z.literal('end-others') }),
  z.object({ intent: z.literal('password'), password: z.string('forms.required').min(1, 'forms.required').max(1000), newPassword: z.string('forms.required').min(1, 'forms.required').max(1000) }),
  InvitationForm.extend({ intent: z.literal('invite') }),
  z.object({ intent: z.literal('take-up'), role: z.enum(OWN_ROLES) }),
  z.object({ intent: z.literal('end-delegation'), accountId: z.uuid('forms.invalid_value') }),
])

export async function action(arrived: ActionFunctionArgs) {
  const context = await enter(arrived)
  const token = sessionTokenOf(arrived.request)
  return submit(arrived.request, Form, async (input) => {
    switch (input.intent) {
      case 'end':
        await revokeSession(context, { token, sessionId: input.sessionId })
        return redirect(paths.sessions({ done: 'ended' }))
      case 'end-others':
        return redirect(paths.sessions({ done: 'endedOthers', count: await revokeOtherSessions(context, { token }) }))
      case 'password':
        await changePassword(context, { token, ...input })
        return redirect(paths.sessions({ done: 'passwordChanged' }))
      case 'take-up':
        await takeUpRole(context, input)
        return redirect(paths.sessions({ done: 'roleTaken' }))
      case 'end-delegation':
        await endDelegation(context, input)
        return redirect(paths.sessions({ done: 'delegationEnded' }))
      case 'invite':
        // Shown once and never stored in the clear, so it is answered here and not redirected to.
        return { invitation: (await inviteDelegate(context, input)).invitation }
    }
  })
}

export default function Sessions() {
  const { accounts } = useWords()
  const words = accounts.sessions
  const { displayName, sessions, memberships, people, open, done, count } = useLoaderData<typeof loader>()
  const answered = useActionData<Rejected | { invitation: string }>()
  const rejected = answered && 'errors' in answered ? answered : undefined
  return (
    <Page title={words.title} lead={words.lead} kicker={displayName}>
      {rejected && !FORMS.includes(String(rejected.values.intent)) ? <ErrorSummary errors={rejected.errors} /> : null}
      {done === 'endedOthers' ? <Notice tone="kept">{words.endedOthers(count)}</Notice> : null}
      {done === 'ended' || done === 'passwordChanged' || done === 'delegationEnded' || done === 'roleTaken' ? <Notice tone="kept">{words[done]}</Notice> : null}
      <Section title={words.listTitle}>
        <DataTable
          caption={words.caption}
          rows={sessions}
          keyOf={({ id }) => id}
          columns={[
            { key: 'device', label: words.device, main: true, cell: ({ userAgent, own }) => <>{deviceText(userAgent)} {own ? <Status tone="open">{words.own}</Status> : null}</> },
            { key: 'acting', label: words.acting, cell: ({ organisationName, role }) => (organisationName && role ? `${organisationName} · ${accounts.roles[role]}` : words.nobody) },
            { key: 'since', label: words.since, cell: ({ createdAt }) => <Instant at={createdAt} bare /> },
            { key: 'seen', label: words.lastSeen, cell: ({ lastSeenAt }) => <Instant at={lastSeenAt} bare /> },
            {
              key: 'end',
              label: words.end,
              cell: ({ id, userAgent }) => (
                <form method="post" action={paths.sessions()}>
                  <input type="hidden" name="intent" value="end" />
                  <input type="hidden" name="sessionId" value={id} />
                  <Button small aria-label={words.endOf(deviceText(userAgent))}>{words.end}</Button>
                </form>
              ),
            },
          ]}
          empty={{ title: words.noOpen }}
        />
        {sessions.length > 1 ? <Confirm title={words.endOthers} consequences={[words.endOthersWhy]} action={paths.sessions()} values={{ intent: 'end-others' }} /> : null}
      </Section>
      {memberships.length > 1 ? (
        <Section title={words.actTitle} lead={words.actLead}>
          <ul className="rows">
            {memberships.map((one) => (
              <li key={one.organisationId + one.role}>
                <div>
                  {one.organisationName} · {accounts.roles[one.role]} · {accounts.duties[one.duty]}
                </div>
                {one.chosen ? (
                  <Status tone="open">{words.acts}</Status>
                ) : (
                  <form method="post" action={paths.signIn()}>
                    <input type="hidden" name="intent" value="choose" />
                    <Button small name="choice" value={`${one.organisationId}:${one.role}`}>{words.act}</Button>
                  </form>
                )}
              </li>
            ))}
          </ul>
        </Section>
      ) : null}
      {people ? <People people={people} rejected={rejected} invitation={answered && 'invitation' in answered ? answered.invitation : null} /> : null}
      {open.map((role) => (
        <Section key={role} title={words.roleTitle} lead={words.roleLead[role]}>
          <form method="post" action={paths.sessions()} className="form">
            <input type="hidden" name="intent" value="take-up" />
            <input type="hidden" name="role" value={role} />
            {role === 'agency' ? <p className="measure">{accounts.register.commitmentText}</p> : null}
            <div className="actions">
              <Button>{words.roleButton[role]}</Button>
            </div>
          </form>
        </Section>
      ))}
      <Section title={words.passwordTitle}>
        <PostForm action={paths.sessions()} rejected={rejected?.values.intent === 'password' ? rejected : undefined} labels={{ password: words.passwordNow, newPassword: words.passwordNew }}>
          <input type="hidden" name="intent" value="password" />
          <Field name="password" type="password" label={words.passwordNow} autoComplete="current-password" errors={rejected?.errors.password} />
          <Field name="newPassword" type="password" label={words.passwordNew} hint={accounts.register.passwordHint} autoComplete="new-password" errors={rejected?.errors.newPassword} />
          <div className="actions">
            <Button kind="main">{words.passwordButton}</Button>
          </div>
        </PostForm>
      </Section>
    </Page>
  )
}

type Shown = ReturnType<typeof useLoaderData<typeof loader>>

/** For managers: who acts for the organisation, whom to invite, whose right to end. */
function People({ people, rejected, invitation }: { people: NonNullable<Shown['people']>; rejected: Rejected | undefined; invitation: string | null }) {
  const { accounts } = useWords()
  const words = accounts.sessions
  return (
    <Section title={words.peopleTitle} lead={words.peopleLead}>
      {invitation ? (
        <Notice tone="open" title={words.invite} next={{ href: paths.register({ as: 'delegate' }), label: words.inviteHow }}>
          <p>{words.invited}</p>
          <p>
            <CodeText>{invitation}</CodeText>
          </p>
        </Notice>
      ) : null}
      <DataTable
        caption={words.peopleCaption}
        rows={people.colleagues}
        keyOf={({ accountId }) => accountId}
        columns={[
          { key: 'name', label: words.person, main: true, cell: (one) => one.displayName },
          { key: 'duty', label: words.duty, cell: (one) => accounts.duties[one.duty] },
          { key: 'since', label: words.actingSince, cell: (one) => <Instant at={one.since} bare /> },
          {
            key: 'end',
            label: words.endDelegation,
            cell: (one) => (one.duty === 'delegate' ? <Confirm title={words.endDelegation} consequences={[words.endDelegationWhy(one.displayName)]} action={paths.sessions()} values={{ intent: 'end-delegation', accountId: one.accountId }} /> : null),
          },
        ]}
        empty={{ title: words.noOpen }}
      />
      {people.invitations.length ? (
        <>
          <h3>{words.open}</h3>
          <ul className="rows">
            {people.invitations.map((one) => (
              <li key={one.id}>
                <div>{one.displayName}</div>
                <div className="small muted">
                  {words.openUntil} <Instant at={one.expiresAt} bare />
                </div>
              </li>
            ))}
          </ul>
        </>
      ) : null}
      <PostForm action={paths.sessions()} rejected={rejected?.values.intent === 'invite' ? rejected : undefined} labels={{ displayName: words.inviteName }}>
        <input type="hidden" name="intent" value="invite" />
        <Field name="displayName" label={words.inviteName} {...(rejected?.values.intent === 'invite' ? kept(rejected, 'displayName') : {})} />
        <div className="actions">
          <Button>{words.inviteButton}</Button>
        </div>
      </PostForm>
    </Section>
  )
}
