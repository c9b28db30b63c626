import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { findRegistration } from '#app/domain/agencies/registration-draft.server.ts'
import { isAnswered, STEPS, type Step } from '#app/domain/agencies/registration.ts'
import { findQualificationKinds, findServicePlaces } from '#app/domain/agencies/show-my-agency.server.ts'
import { enter } from '#app/http/enter.server.ts'
import { registrationTokenOf } from '#app/http/registration-cookie.server.ts'
import { paths } from '#app/paths.ts'
import { Button } from '#app/ui/button.tsx'
import type { Rejected } from '#app/ui/field.tsx'
import { PostForm } from '#app/ui/form.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { Page } from '#app/ui/page.tsx'
import { RegistrationWay, useStepLabels } from '#app/ui/registration-steps.tsx'
import { titled } from '#app/ui/titled.ts'
import { ListStepBody, StepQuestions } from './register-step-parts.tsx'
import { takeStep } from './take-step.server.ts'

export const meta = titled<typeof loader>((words, data) => words.registration.steps[data?.step ?? 'organisation'].title)

function stepOf(params: { step?: string }): Step {
  const step = STEPS.find((one) => one === params.step)
  if (!step) throw new Response(null, { status: 404 })
  return step
}

export async function loader(arrived: LoaderFunctionArgs) {
  const step = stepOf(arrived.params)
  const context = await enter(arrived)
  const draft = await findRegistration(context, registrationTokenOf(arrived.request))
  if (!draft || draft.sentAt) throw redirect(paths.register({ as: 'agency' }))
  const { answers, passwordHash } = draft
  const [kinds, places] = await Promise.all([step === 'qualifications' ? findQualificationKinds(context) : [], step === 'introduction' ? findServicePlaces(context) : []])
  return { step, answers, hasPassword: passwordHash !== null, done: STEPS.filter((one) => isAnswered(answers, one)), kinds, places, toCheck: new URL(arrived.request.url).searchParams.get('from') === 'check' }
}

export async function action(arrived: ActionFunctionArgs) {
  return takeStep(arrived, stepOf(arrived.params))
}

export default function RegisterStep() {
  const { registration } = useWords()
  const shown = useLoaderData<typeof loader>()
  const rejected = useActionData<Rejected>()
  const { step, toCheck, done } = shown
  const words = registration.steps[step]
  const place = STEPS.indexOf(step)
  const before = STEPS[place - 1]
  const address = paths.registerStep(step, toCheck ? { from: 'check' } : {})
  const back = toCheck ? { href: paths.registerCheck(), label: registration.steps.check.short } : before ? { href: paths.registerStep(before), label: registration.back } : { href: paths.register({ as: 'agency' }), label: registration.back }
  const isList = step === 'documents' || step === 'qualifications' || step === 'practitioners'
  return (
    <Page title={words.title} kicker={registration.stepOf(place + 1, STEPS.length + 1)} lead={words.lead} back={back}>
      <RegistrationWay current={step} done={done} />
      {isList ? <ListStepBody step={step} answers={shown.answers} address={address} kinds={shown.kinds} /> : null}
      <PostForm action={address} rejected={rejected} labels={useStepLabels(step)} upload={step === 'documents'}>
        <StepQuestions {...shown} rejected={rejected} />
        <div className="actions">
          {isList ? <Button name="intent" value="add">{registration.add[step]}</Button> : null}
          <Button kind="main" name="intent" value="next">{toCheck ? registration.saveAndCheck : registration.saveAndGoOn}</Button>
        </div>
        <p className="small muted">{registration.savedHint}</p>
      </PostForm>
    </Page>
  )
}
