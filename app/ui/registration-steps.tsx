import type { Division } from '#app/domain/divisions/division.ts'
import type { Answers, Step } from '#app/domain/agencies/registration.ts'
import { STEPS } from '#app/domain/agencies/registration.ts'
import { paths } from '#app/paths.ts'
import { Field, kept, keptAll, type Rejected } from './field.tsx'
import { useWords } from './locale.tsx'
import { Steps } from './steps.tsx'

type Given = { answers: Answers; rejected: Rejected | undefined }

/** Where one is on the way, on every page of it. */
export function RegistrationWay({ current, done }: { current: Step | 'check'; done: readonly Step[] }) {
  const words = useWords().registration.steps
  const steps = [...STEPS.map((step) => ({ key: step, label: words[step].short, ...(done.includes(step) && { href: paths.registerStep(step) }) })), { key: 'check', label: words.check.short }]
  return <Steps steps={steps} current={current} />
}

/** The labels of a step's fields, for the summary of faults; a name that two steps share is called what its own step calls it. */
export function useStepLabels(step?: Step): Record<string, string> {
  const { accounts, registration, agencies } = useWords()
  const { register } = accounts
  return {
    ...registration.columns,
    uscc: register.uscc, name: register.name, phone: register.phone, address: register.address, divisionCode: register.division,
    displayName: register.displayName, signInName: register.signInName, password: register.password, passwordAgain: register.passwordAgain,
    legalRepresentative: register.legalRepresentative, ...registration.people, file: registration.document.file,
    introduction: register.introduction, serviceDivisions: agencies.new.serviceDivisions, commitment: register.commitment, proof: registration.practitioner.proof,
    ...(step === 'documents' && { kind: registration.document.kind }),
    ...(step === 'qualifications' && { kind: registration.qualification.kind }),
    ...(step === 'practitioners' && { name: registration.practitioner.name }),
    ...Object.fromEntries([1, 2, 3].flatMap((n) => [[`licenceKind${n}`, registration.practitioner.licenceKind(n)], [`licenceNumber${n}`, registration.practitioner.licenceNumber(n)]])),
  }
}

export function OrganisationQuestions({ answers: { organisation }, rejected }: Given) {
  const words = useWords().accounts.register
  return (
    <>
      <Field name="uscc" label={words.uscc} hint={words.usccHint} {...kept(rejected, 'uscc', organisation?.uscc)} />
      <Field name="name" label={words.name} autoComplete="organization" {...kept(rejected, 'name', organisation?.name)} />
      <Field name="divisionCode" label={words.division} hint={words.divisionHint} inputMode="numeric" short {...kept(rejected, 'divisionCode', organisation?.divisionCode)} />
      <Field name="address" label={words.address} autoComplete="street-address" {...kept(rejected, 'address', organisation?.address)} />
      <Field name="phone" type="tel" label={words.phone} hint={words.phoneHint} autoComplete="tel" short {...kept(rejected, 'phone', organisation?.phone)} />
    </>
  )
}

/** A password that was given before is never sent back; leaving both fields empty keeps it. */
export function AccountQuestions({ answers: { account }, rejected, hasPassword }: Given & { hasPassword: boolean }) {
  const { accounts, registration } = useWords()
  const words = accounts.register
  return (
    <>
      <Field name="displayName" label={words.displayName} autoComplete="name" {...kept(rejected, 'displayName', account?.displayName)} />
      <Field name="signInName" label={words.signInName} hint={words.signInNameHint} autoComplete="username" {...kept(rejected, 'signInName', account?.signInName)} />
      <Field name="password" type="password" label={words.password} hint={hasPassword ? registration.passwordKept : words.passwordHint} autoComplete="new-password" errors={rejected?.errors.password} />
      <Field name="passwordAgain" type="password" label={words.passwordAgain} autoComplete="new-password" errors={rejected?.errors.passwordAgain} />
    </>
  )
}

export function PeopleQuestions({ answers: { people }, rejected }: Given) {
  const { accounts, registration } = useWords()
  const words = registration.people
  return (
    <>
      <Field name="legalRepresentative" label={accounts.register.legalRepresentative} {...kept(rejected, 'legalRepresentative', people?.legalRepresentative)} />
      <Field name="agentName" label={words.agentName} hint={registration.agentHint} optional {...kept(rejected, 'agentName', people?.agentName ?? '')} />
      <Field name="contactName" label={words.contactName} {...kept(rejected, 'contactName', people?.contactName)} />
      <Field name="contactPhone" type="tel" label={words.contactPhone} hint={registration.contactHint} autoComplete="tel" short {...kept(rejected, 'contactPhone', people?.contactPhone)} />
    </>
  )
}

export function IntroductionQuestions({ introduction, serviceDivisions, rejected, places }: { introduction: string | undefined; serviceDivisions: readonly string[] | undefined; rejected: Rejected | undefined; places: readonly Division[] }) {
  const { accounts, agencies } = useWords()
  return (
    <>
      <Field kind="textarea" name="introduction" label={accounts.register.introduction} optional {...kept(rejected, 'introduction', introduction)} />
      <Field kind="checkboxes" name="serviceDivisions" label={agencies.new.serviceDivisions} hint={agencies.new.serviceDivisionsHint} options={places.map(({ code, name }) => ({ value: code, label: name }))} {...keptAll(rejected, 'serviceDivisions', serviceDivisions ?? places.slice(0, 1).map(({ code }) => code))} />
    </>
  )
}

export function CommitmentQuestion({ given, rejected }: { given: boolean; rejected: Rejected | undefined }) {
  const words = useWords().accounts.register
  return <Field kind="checkbox" name="commitment" label={words.commitment} text={words.commitmentText} value={rejected ? rejected.values.commitment === 'yes' : given} errors={rejected?.errors.commitment} />
}
