import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { agreeToSanction } from '#app/domain/agencies/agree-to-sanction.server.ts'
import { findSanctions } from '#app/domain/agencies/find-sanctions.server.ts'
import { liftSanction } from '#app/domain/agencies/lift-sanction.server.ts'
import { recordSanction } from '#app/domain/agencies/record-sanction.server.ts'
import { AgreementForm, LiftForm, SANCTION_KINDS, SanctionForm } from '#app/domain/agencies/sanction.ts'
import { enterAs } from '#app/http/enter.server.ts'
import { readForm, submit } from '#app/http/submit.server.ts'
import { paths } from '#app/paths.ts'
import { doneOf } from '#app/ui/agency-standing.tsx'
import { Button, ButtonLink } from '#app/ui/button.tsx'
import { Confirm } from '#app/ui/confirm.tsx'
import { DataTable } from '#app/ui/data-table.tsx'
import { ErrorSummary } from '#app/ui/error-summary.tsx'
import { Field, kept, type Rejected } from '#app/ui/field.tsx'
import { PostForm } from '#app/ui/form.tsx'
import { useLocale, useWords } from '#app/ui/locale.tsx'
import { Notice } from '#app/ui/notice.tsx'
import { Page, Section } from '#app/ui/page.tsx'
import { Status } from '#app/ui/status.tsx'
import { dayText } from '#app/ui/time.tsx'
import { titled } from '#app/ui/titled.ts'

export const meta = titled((words) => words.sanctions.title)

export async function loader(arrived: LoaderFunctionArgs) {
  const context = await enterAs(arrived, 'record:sanction')
  const asked = new URL(arrived.request.url).searchParams
  return { ...(await findSanctions(context)), done: asked.get('done'), lift: asked.get('lift'), agree: asked.get('agree') }
}

export async function action(arrived: ActionFunctionArgs) {
  const context = await enterAs(arrived, 'record:sanction')
  const { request } = arrived
  const { intent } = await readForm(request.clone())
  const saved = (done: string) => redirect(paths.sanctions({ done }))
  if (intent === 'lift') return submit(request, LiftForm, async (input) => (await liftSanction(context, input), saved('lifted')))
  if (intent === 'agree') return submit(request, AgreementForm, async (input) => (await agreeToSanction(context, input), saved('agreed')))
  return submit(request, SanctionForm, async (input) => (await recordSanction(context, input), saved('recorded')))
}

type Line = ReturnType<typeof useLoaderData<typeof loader>>['sanctions'][number]

export default function Sanctions() {
  const { sanctions: words, guard } = useWords()
  const locale = useLocale()
  const { sanctions, today, done, lift, agree } = useLoaderData<typeof loader>()
  const rejected = useActionData<typeof action>() as Rejected | undefined
  const isLift = rejected?.values.intent === 'lift'
  const isAgreement = rejected?.values.intent === 'agree'
  const recording = isLift || isAgreement ? undefined : rejected
  // One form at a time: two fields of one name would be one field to whoever reads by ear.
  const wanted = isLift ? kept(rejected, 'sanctionId').value : recording ? null : lift
  const found = sanctions.find(({ id, liftedAt }) => id === wanted && !liftedAt)
  // What was typed stays, also where the decision is gone meanwhile.
  const isLifting = isLift || found !== undefined
  const toAgree = isLifting ? undefined : sanctions.find(({ id, mayAgree }) => mayAgree && id === agree)
  const said = doneOf(done, words.done)
  const { uscc, kind, number, authority, reason, fromOn, untilOn, finalOn, heard } = words
  return (
    <Page title={words.title} lead={words.lead} back={{ href: paths.regulatorDesk(), label: guard.regulator.title }}>
      {said ? <Notice tone="kept">{said}</Notice> : null}
      {isLifting ? (
        <Section title={words.lift} id="lift" lead={found ? <>{found.agency.name} · {found.number}</> : undefined}>
          <ul className="measure">{words.liftConsequences.map((one) => <li key={one}>{one}</li>)}</ul>
          <PostForm action={paths.sanctions()} rejected={isLift ? rejected : undefined} labels={{ reason: words.liftReason }}>
            <input type="hidden" name="intent" value="lift" />
            <input type="hidden" name="sanctionId" value={wanted ?? ''} />
            <Field kind="textarea" name="reason" label={words.liftReason} rows={2} maxLength={1000} {...kept(isLift ? rejected : undefined, 'reason')} />
            <div className="actions"><Button kind="main">{words.lift}</Button> <a href={paths.sanctions()}>{words.notLift}</a></div>
          </PostForm>
        </Section>
      ) : null}
      {isAgreement ? <ErrorSummary errors={rejected!.errors} labels={{}} /> : null}
      {toAgree ? (
        <Section title={words.agree} id="agree" lead={<>{toAgree.agency.name} · {toAgree.number}</>}>
          <Confirm open begins title={words.agree} action={paths.sanctions()} consequences={words.agreeConsequences} values={{ intent: 'agree', sanctionId: toAgree.id }} />
          <p><a href={paths.sanctions()}>{words.notAgree}</a></p>
        </Section>
      ) : null}
      <DataTable
        caption={words.caption}
        rows={sanctions}
        keyOf={({ id }) => id}
        empty={words.empty}
        columns={[
          { key: 'agency', label: words.columns.agency, main: true, cell: (one) => <a href={paths.agency(one.agency.uscc)}>{one.agency.name}</a> },
          { key: 'kind', label: words.columns.kind, cell: (one) => words.kinds[one.kind] },
          { key: 'decision', label: words.columns.decision, cell: (one) => <>{one.number} <span className="small muted block">{one.authority}</span></> },
          { key: 'period', label: words.columns.period, cell: (one) => words.period(dayText(one.fromOn, locale, false), one.untilOn && dayText(one.untilOn, locale, false)) },
          { key: 'state', label: words.columns.state, cell: (one) => <State one={one} today={today} /> },
          { key: 'lift', label: words.columns.lift, cell: (one) => (one.liftedAt ? one.liftReason : <div className="actions">{one.mayAgree ? <ButtonLink small href={`${paths.sanctions({ agree: one.id })}#agree`}>{words.agree}<span className="sr-only">{one.number}</span></ButtonLink> : null}<ButtonLink small href={`${paths.sanctions({ lift: one.id })}#lift`}>{words.lift}<span className="sr-only">{one.number}</span></ButtonLink></div>) },
        ]}
      />
      {isLifting || toAgree ? null : <Section title={words.recordTitle} id="record">
        <PostForm action={paths.sanctions()} rejected={recording} labels={{ uscc, kind, number, authority, reason, fromOn, untilOn, finalOn, heard }}>
          <input type="hidden" name="intent" value="record" />
          <Field name="uscc" label={uscc} maxLength={100} {...kept(recording, 'uscc')} />
          <Field kind="radio" name="kind" label={kind} options={SANCTION_KINDS.map((value) => ({ value, label: words.kinds[value], hint: words.kindHints[value] }))} {...kept(recording, 'kind')} />
          <Field name="number" label={number} maxLength={160} {...kept(recording, 'number')} />
          <Field name="authority" label={authority} maxLength={200} {...kept(recording, 'authority')} />
          <Field kind="textarea" name="reason" label={reason} hint={words.reasonHint} rows={3} maxLength={1000} {...kept(recording, 'reason')} />
          <Field type="date" name="fromOn" label={fromOn} short {...kept(recording, 'fromOn', today)} />
          <Field type="date" name="untilOn" label={untilOn} hint={words.untilHint} short optional {...kept(recording, 'untilOn')} />
          <Field type="date" name="finalOn" label={finalOn} hint={words.finalHint} short {...kept(recording, 'finalOn')} />
          <Field kind="checkbox" name="heard" label={heard} text={words.heardText} optional errors={recording?.errors.heard} value={kept(recording, 'heard').value === 'yes'} />
          <div className="actions"><Button kind="main">{words.record}</Button></div>
        </PostForm>
      </Section>}
    </Page>
  )
}

function State({ one, today }: { one: Line; today: string }) {
  const words = useWords().sanctions
  const state = one.liftedAt ? <Status>{words.lifted}</Status> : one.holds ? <Status tone="refused">{words.holds}</Status> : <Status>{one.fromOn > today ? words.notYet : words.ended}</Status>
  return <>{state}{one.finalOn > today && !one.liftedAt ? <span className="small muted block">{words.open}</span> : null}{one.holds ? <span className="small muted block">{one.agreedAt ? words.agreed : words.alone}</span> : null}</>
}
