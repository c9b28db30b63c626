import type { ReactNode } from 'react'
import { paths } from '#app/paths.ts'
import { Button } from './button.tsx'
import { Field, kept, type Rejected } from './field.tsx'
import { PostForm } from './form.tsx'
import { useWords } from './locale.tsx'
import { Section } from './page.tsx'
import { Upload } from './upload.tsx'

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
    introduction: words.introduction,
    licence: words.licence,
    commitment: words.commitment,
    displayName: words.displayName,
    signInName: words.signInName,
    password: words.password,
    passwordAgain: words.passwordAgain,
    invitation: words.invitation,
  }
}

/** The short form by which an agency registers. */
export function AgencyQuestions({ rejected }: Given) {
  const words = useWords().accounts.register
  return (
    <RegisterForm as="agency" rejected={rejected} button={words.agencyButton} upload>
      <Section title={words.aboutOrganisation}>
        <Organisation rejected={rejected} isPublic />
        <Field kind="textarea" name="introduction" label={words.introduction} optional {...kept(rejected, 'introduction')} />
        <Upload name="licence" label={words.licence} hint={words.licenceHint} accept=".pdf,.png,.jpg,.jpeg" optional errors={rejected?.errors.licence} />
        <Field kind="checkbox" name="commitment" label={words.commitment} text={words.commitmentText} value={rejected?.values.commitment === 'yes'} errors={rejected?.errors.commitment} />
      </Section>
      <Section title={words.account}>
        <Field name="displayName" label={words.displayName} autoComplete="name" {...kept(rejected, 'displayName')} />
        <Account rejected={rejected} />
      </Section>
    </RegisterForm>
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

function RegisterForm({ as, button, children, ...form }: Given & { as: string; button: string; upload?: boolean; children: ReactNode }) {
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

function Organisation({ rejected, isPublic }: Given & { isPublic?: boolean }) {
  const words = useWords().accounts.register
  return (
    <>
      <Field name="uscc" label={words.uscc} hint={words.usccHint} {...kept(rejected, 'uscc')} />
      <Field name="name" label={words.name} autoComplete="organization" {...kept(rejected, 'name')} />
      <Field name="legalRepresentative" label={words.legalRepresentative} {...kept(rejected, 'legalRepresentative')} />
      <Field name="phone" type="tel" label={words.phone} hint={isPublic ? words.phoneHint : undefined} autoComplete="tel" short {...kept(rejected, 'phone')} />
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
