import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { z } from 'zod'
import { enrolWitness, leaveWitnesses } from '#app/domain/draw/enrol-witness.server.ts'
import { showWitnessing } from '#app/domain/draw/show-witnessing.server.ts'
import { signAsWitness } from '#app/domain/draw/sign-as-witness.server.ts'
import { EnrolForm, SignForm } from '#app/domain/draw/witness.ts'
import { showTender } from '#app/domain/tenders/show-tender.server.ts'
import { clientScript } from '#app/http/client-script.server.ts'
import { enter } from '#app/http/enter.server.ts'
import { qrOf } from '#app/http/qr.server.ts'
import { theServices } from '#app/http/services.server.ts'
import { orPage, submit } from '#app/http/submit.server.ts'
import { paths } from '#app/paths.ts'
import { ButtonLink } from '#app/ui/button.tsx'
import { CodeText } from '#app/ui/code-text.tsx'
import { ErrorSummary } from '#app/ui/error-summary.tsx'
import { Facts } from '#app/ui/facts.tsx'
import type { Rejected } from '#app/ui/field.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { Notice } from '#app/ui/notice.tsx'
import { Page, Section } from '#app/ui/page.tsx'
import { Qr } from '#app/ui/qr.tsx'
import { TenderStatus } from '#app/ui/tender-state.tsx'
import { WitnessList } from '#app/ui/tender-witnesses.tsx'
import { titled } from '#app/ui/titled.ts'
import { WitnessForm } from '#app/ui/witness-form.tsx'

export const meta = titled((words) => words.witnesses.pageTitle)

const DONE = ['enrolled', 'left', 'signed'] as const

export async function loader(arrived: LoaderFunctionArgs) {
  const context = await enter(arrived)
  const number = arrived.params.number!
  const [shown, witnessing] = await orPage(arrived.request, Promise.all([showTender(context, { number }), showWitnessing(context, { number })]))
  const done = new URL(arrived.request.url).searchParams.get('done')
  return { shown, witnessing, isVisitor: context.actor.kind === 'visitor', done: DONE.find((each) => each === done) ?? null, script: clientScript('app/client/witness.ts'), qr: qrOf(`${theServices().config.publicUrl}${paths.witnesses(number)}`) }
}

const Act = z.discriminatedUnion('act', [EnrolForm.extend({ act: z.literal('enrol') }), z.object({ act: z.literal('leave') }), SignForm.extend({ act: z.literal('sign') })], 'forms.custom')

export async function action(arrived: ActionFunctionArgs) {
  const context = await enter(arrived)
  const number = arrived.params.number!
  return submit(arrived.request, Act, async (form) => {
    if (form.act === 'enrol') await enrolWitness(context, { number, publicKey: form.publicKey })
    else if (form.act === 'leave') await leaveWitnesses(context, { number })
    else await signAsWitness(context, { number, publicKey: form.publicKey, signature: form.signature })
    return redirect(paths.witnesses(number, { done: form.act === 'enrol' ? 'enrolled' : form.act === 'leave' ? 'left' : 'signed' }))
  })
}

export default function Witnesses() {
  const words = useWords().witnesses
  const { shown, witnessing, isVisitor, done, script, qr } = useLoaderData<typeof loader>()
  const rejected = useActionData<typeof action>() as Rejected | undefined
  const { number } = shown.tender.publication!
  const { statement } = witnessing
  const { what, whoMay, share } = words
  return (
    <Page back={{ href: paths.tender(number), label: shown.tender.title }} kicker={<CodeText>{number}</CodeText>} title={words.pageTitle} lead={<><TenderStatus state={shown.state} isDirect={shown.named !== null} /> {words.lead}</>}>
      {done ? <Notice tone="kept" title={words.done[done].title}>{words.done[done].text}</Notice> : null}
      {rejected && !witnessing.may ? <ErrorSummary errors={rejected.errors} /> : null}
      <WitnessForm number={number} witnessing={witnessing} isVisitor={isVisitor} isDecided={shown.tender.drawnAt !== null} rejected={rejected} script={script} />
      <Section title={words.title}>
        <WitnessList shown={shown} />
      </Section>
      <Section title={what.title}>
        <ul className="measure list-disc pl-6">
          {what.points.map((point) => <li key={point}>{point}</li>)}
        </ul>
        {statement ? (
          <>
            <div className="mt-4">
              <Facts items={[{ label: what.text, value: <CodeText>{statement.text}</CodeText> }]} />
            </div>
            <div className="actions mt-4">
              <ButtonLink href={paths.bundle(number)} download>{what.bundle}</ButtonLink>
            </div>
          </>
        ) : (
          <p className="measure">{what.waiting}</p>
        )}
      </Section>
      <Section title={whoMay.title}>
        <ul className="measure list-disc pl-6">
          {whoMay.points.map((point) => <li key={point}>{point}</li>)}
        </ul>
      </Section>
      <Section title={share.title} lead={share.text}>
        <Qr code={qr} label={share.label} />
      </Section>
    </Page>
  )
}
