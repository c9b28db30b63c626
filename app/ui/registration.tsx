import type { ReactNode } from 'react'
import { STEPS, type Step } from '#app/domain/agencies/registration.ts'
import { paths } from '#app/paths.ts'
import { Button } from './button.tsx'
import { Confirm } from './confirm.tsx'
import { Facts } from './facts.tsx'
import { Field, kept, type Rejected } from './field.tsx'
import { PostForm } from './form.tsx'
import { useWords } from './locale.tsx'
import { Notice } from './notice.tsx'
import { Section } from './page.tsx'
import { Instant } from './time.tsx'

type Given = { rejected: Rejected | undefined }

/** Labels for the summary of faults, by field. */
function useLabels(): Record<string, string> {
  const words = useWords().accounts.register
  return {
    uscc: words.uscc,
    name: words.name,
    legalRepresentative: words.legalRepresentative,
    phone: words.phone,
    address: words.address,
    divisionCode: words.division,
    displayName: words.displayName,
    signInName: words.signInName,
    password: words.password,
    passwordAgain: words.passwordAgain,
    invitation: words.invitation,
  }
}

type Begun = { name: string | null; updatedAt: Date; expiresAt: Date; next: Step | null }

/** Before the first step: what is asked for, and the registration that this browser has begun already. */
export function BeginRegistration({ begun, discarded, rejected }: Given & { begun: Begun | null; discarded: boolean }) {
  const words = useWords().registration
  const form = (intent: string, button: ReactNode) => (
    <PostForm action={paths.register({ as: 'agency' })} rejected={intent === 'discard' ? null : rejected}>
      <input type="hidden" name="intent" value={intent} />
      <div className="actions">{button}</div>
    </PostForm>
  )
  return (
    <>
      {discarded ? <Notice>{words.discarded}</Notice> : null}
      {begun ? (
        <Section title={words.begunTitle}>
          <Facts
            items={[
              { label: words.columns.name, value: begun.name ?? words.none },
              { label: words.begunSaved, value: <Instant at={begun.updatedAt} /> },
              { label: words.begunWaits, value: <Instant at={begun.expiresAt} /> },
            ]}
          />
          {form('begin', <Button kind="main">{words.goOn}</Button>)}
          <Confirm title={words.discard} consequences={[words.discardWhy]} action={paths.register({ as: 'agency' })} values={{ intent: 'discard' }} />
        </Section>
      ) : null}
      <Section title={words.needTitle} lead={words.needLead}>
        <ol className="list-decimal ps-6 measure">
          {STEPS.map((step) => (
            <li key={step}>
              <strong>{words.steps[step].title}</strong>
              {words.colon}
              {words.steps[step].need}
            </li>
          ))}
        </ol>
        {begun ? null : <div className="mt-6">{form('begin', <Button kind="main">{words.begin}</Button>)}</div>}
      </Section>
    </>
  )
}

/** An owner that is an organisation. */
export function OrganisationQuestions({ rejected }: Given) {
  const words = useWords().accounts.register
  return (
    <RegisterForm as="owner" rejected={rejected} button={words.ownerButton}>
      <Section title={words.aboutOrganisation}>
        <Organisation rejected={rejected} />
      </Section>
      <Section title={words.account}>
        <Field name="displayName" label={words.displayName} autoComplete="name" {...kept(rejected, 'displayName')} />
        <Account rejected={rejected} />
      </Section>
    </RegisterForm>
  )
}

/** An owner who is a natural person. */
export function PersonQuestions({ rejected }: Given) {
  const words = useWords().accounts.register
  return (
    <RegisterForm as="person" rejected={rejected} button={words.ownerButton}>
      <Section title={words.aboutPerson}>
        <Field name="name" label={words.personName} autoComplete="name" {...kept(rejected, 'name')} />
        <Field name="phone" type="tel" label={words.phone} autoComplete="tel" short {...kept(rejected, 'phone')} />
        <Division rejected={rejected} />
      </Section>
      <Section title={words.account}>
        <Account rejected={rejected} />
      </Section>
    </RegisterForm>
  )
}

/** Somebody invited as a delegate. */
export function AccountQuestions({ rejected }: Given) {
  const words = useWords().accounts.register
  return (
    <RegisterForm as="delegate" rejected={rejected} button={words.delegateButton}>
      <Section title={words.account}>
        <Field name="invitation" label={words.invitation} {...kept(rejected, 'invitation')} />
        <Field name="displayName" label={words.personName} autoComplete="name" {...kept(rejected, 'displayName')} />
        <Account rejected={rejected} />
      </Section>
    </RegisterForm>
  )
}

function RegisterForm({ as, button, children, ...form }: Given & { as: string; button: string; children: ReactNode }) {
  const labels = useLabels()
  return (
    <PostForm action={paths.register({ as })} labels={labels} {...form}>
      {children}
      <div className="actions">
        <Button kind="main">{button}</Button>
      </div>
    </PostForm>
  )
}

function Organisation({ rejected }: Given) {
  const words = useWords().accounts.register
  return (
    <>
      <Field name="uscc" label={words.uscc} hint={words.usccHint} {...kept(rejected, 'uscc')} />
      <Field name="name" label={words.name} autoComplete="organization" {...kept(rejected, 'name')} />
      <Field name="legalRepresentative" label={words.legalRepresentative} {...kept(rejected, 'legalRepresentative')} />
      <Field name="phone" type="tel" label={words.phone} autoComplete="tel" short {...kept(rejected, 'phone')} />
      <Field name="address" label={words.address} autoComplete="street-address" {...kept(rejected, 'address')} />
      <Division rejected={rejected} />
    </>
  )
}

function Division({ rejected }: Given) {
  const words = useWords().accounts.register
  return <Field name="divisionCode" label={words.division} hint={words.divisionHint} inputMode="numeric" short {...kept(rejected, 'divisionCode')} />
}

/** Passwords are asked for again after a fault: they are never sent back. */
function Account({ rejected }: Given) {
  const words = useWords().accounts.register
  return (
    <>
      <Field name="signInName" label={words.signInName} hint={words.signInNameHint} autoComplete="username" {...kept(rejected, 'signInName')} />
      <Field name="password" type="password" label={words.password} hint={words.passwordHint} autoComplete="new-password" errors={rejected?.errors.password} />
      <Field name="passwordAgain" type="password" label={words.passwordAgain} autoComplete="new-password" errors={rejected?.errors.passwordAgain} />
    </>
  )
}
