import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { z } from 'zod'
import { networkOf, throttle } from '#app/domain/accounts/throttle.server.ts'
import { findRegistration, sendRegistration } from '#app/domain/agencies/registration-draft.server.ts'
import { faultsOf, STEPS, type Answers, type ListStep, type Step } from '#app/domain/agencies/registration.ts'
import { findQualificationKinds, findServicePlaces } from '#app/domain/agencies/show-my-agency.server.ts'
import { nameDivision } from '#app/domain/divisions/name-division.server.ts'
import { enter } from '#app/http/enter.server.ts'
import { localeOf } from '#app/http/locale.server.ts'
import { clearRegistrationCookie, registrationTokenOf } from '#app/http/registration-cookie.server.ts'
import { signInAs } from '#app/http/sign-in-as.server.ts'
import { submit } from '#app/http/submit.server.ts'
import { paths } from '#app/paths.ts'
import { Button } from '#app/ui/button.tsx'
import { Facts, type Fact } from '#app/ui/facts.tsx'
import type { Rejected } from '#app/ui/field.tsx'
import { PostForm } from '#app/ui/form.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { Page, Section } from '#app/ui/page.tsx'
import { RegistrationWay, useStepLabels } from '#app/ui/registration-steps.tsx'
import { titled } from '#app/ui/titled.ts'
import { useListedItems } from './register-step-parts.tsx'

export const meta = titled((words) => words.registration.steps.check.title)

export async function loader(arrived: LoaderFunctionArgs) {
  const context = await enter(arrived)
  const draft = await findRegistration(context, registrationTokenOf(arrived.request))
  if (!draft || draft.sentAt) throw redirect(paths.register({ as: 'agency' }))
  const [fault] = faultsOf(draft.answers, draft.passwordHash !== null)
  if (fault) throw redirect(paths.registerStep(fault.step))
  const [kinds, places, seat] = await Promise.all([findQualificationKinds(context), findServicePlaces(context), nameDivision(context, { code: draft.answers.organisation!.divisionCode })])
  return { answers: draft.answers, kinds: namesOf(kinds), places: namesOf(places), seat }
}

export async function action(arrived: ActionFunctionArgs) {
  const { request, context: arrival } = arrived
  const context = await enter(arrived)
  const token = registrationTokenOf(request)
  const draft = await findRegistration(context, token)
  if (!draft) return redirect(paths.register({ as: 'agency' }))
  return submit(request, z.object({}), async () => {
    await throttle(context.db, 'register-address', networkOf(arrival.ip))
    const registered = await sendRegistration(context, token, { locale: localeOf(request) })
    // The second of two clicks finds the agency made: whoever is signed in by the first goes on, anybody else signs in.
    if (registered === 'sentBefore') return redirect(context.actor.kind === 'member' ? paths.agencyDesk() : paths.signIn({ next: paths.agencyDesk() }))
    const reply = await signInAs(arrived, context, registered.accountId, paths.agencyDesk({ done: 'registered' }))
    reply.headers.append('Set-Cookie', clearRegistrationCookie())
    return reply
  })
}

export default function RegisterCheck() {
  const { registration } = useWords()
  const words = registration.steps.check
  const { answers, kinds, places, seat } = useLoaderData<typeof loader>()
  const rejected = useActionData<Rejected>()
  const facts = useFacts(answers, { kinds, places, seat })
  return (
    <Page title={words.title} kicker={registration.stepOf(STEPS.length + 1, STEPS.length + 1)} lead={words.lead} back={{ href: paths.registerStep('commitment'), label: registration.back }}>
      <RegistrationWay current="check" done={STEPS} />
      {STEPS.map((step) => (
        <Section key={step} title={registration.steps[step].title} action={<a href={paths.registerStep(step, { from: 'check' })} aria-label={registration.changeOf(registration.steps[step].title)}>{registration.change}</a>}>
          <Facts items={facts[step]} />
        </Section>
      ))}
      <PostForm action={paths.registerCheck()} rejected={rejected} labels={useStepLabels()}>
        <p className="measure">{registration.whatFollows}</p>
        <div className="actions">
          <Button kind="main">{registration.send}</Button>
        </div>
      </PostForm>
    </Page>
  )
}

type Named = readonly { code: string; name: string }[]

function namesOf(all: Named): Named {
  return all.map(({ code, name }) => ({ code, name }))
}

function useFacts(answers: Answers, { kinds, places, seat }: { kinds: Named; places: Named; seat: string | null }): Record<Step, Fact[]> {
  const { accounts, registration, agencies } = useWords()
  const { register } = accounts
  const items = useListedItems(answers, kinds)
  const { organisation, account, people, introduction } = answers
  const lines = (step: ListStep): Fact[] => items[step].length ? items[step].map(({ title, note }) => ({ label: String(title), value: note })) : [{ label: registration.steps[step].short, value: registration.none }]
  return {
    organisation: [
      { label: register.uscc, value: organisation?.uscc }, { label: register.name, value: organisation?.name }, { label: register.division, value: seat ?? organisation?.divisionCode, note: seat ? organisation?.divisionCode : undefined },
      { label: register.address, value: organisation?.address }, { label: register.phone, value: organisation?.phone },
    ],
    account: [{ label: register.displayName, value: account?.displayName }, { label: register.signInName, value: account?.signInName }, { label: register.password, value: registration.passwordSet }],
    people: [
      { label: register.legalRepresentative, value: people?.legalRepresentative }, { label: registration.people.agentName, value: people?.agentName ?? registration.none },
      { label: registration.people.contactName, value: people?.contactName }, { label: registration.people.contactPhone, value: people?.contactPhone },
    ],
    documents: lines('documents'),
    qualifications: lines('qualifications'),
    practitioners: lines('practitioners'),
    introduction: [{ label: register.introduction, value: introduction?.introduction || registration.none }, { label: agencies.new.serviceDivisions, value: introduction?.serviceDivisions.map((code) => places.find((place) => place.code === code)?.name ?? code).join('、') }],
    commitment: [{ label: register.commitment, value: register.commitmentText }],
  }
}
