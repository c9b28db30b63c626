import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { z } from 'zod'
import { MATERIAL_SOURCES, MATERIAL_STATES } from '#app/domain/cases/case.ts'
import { MaterialForm, RemoveForm, StateForm, TakeBackForm } from '#app/domain/cases/case-forms.ts'
import { CASE_STATES, currentState, isOver, nextStates, type CaseStateNumber } from '#app/domain/cases/case-state.ts'
import { keepMaterial, recordCaseState, removeMaterial, takeBackState } from '#app/domain/guard/keep-case.server.ts'
import { offerMaterials } from '#app/domain/cases/offer-materials.server.ts'
import { showCase } from '#app/domain/cases/show-case.server.ts'
import { enterAs } from '#app/http/enter.server.ts'
import { localeOf } from '#app/http/locale.server.ts'
import { sayingIn } from '#app/http/say-reason.server.ts'
import { orPage, submit } from '#app/http/submit.server.ts'
import { paths } from '#app/paths.ts'
import { Button } from '#app/ui/button.tsx'
import { CaseStatus } from '#app/ui/case-status.tsx'
import { Confirm } from '#app/ui/confirm.tsx'
import { ErrorSummary } from '#app/ui/error-summary.tsx'
import { Field, kept, type Rejected } from '#app/ui/field.tsx'
import { PostForm } from '#app/ui/form.tsx'
import { useLocale, useWords } from '#app/ui/locale.tsx'
import { Notice } from '#app/ui/notice.tsx'
import { Page, Section } from '#app/ui/page.tsx'
import { instantText } from '#app/ui/time.tsx'
import { titled } from '#app/ui/titled.ts'

export const meta = titled((words) => words.cases.edit.stateTitle)

export async function loader(arrived: LoaderFunctionArgs) {
  const context = await enterAs(arrived, 'keep:case')
  const shown = await orPage(arrived.request, showCase(context, arrived.params.id ?? ''))
  if (!shown.isKeeper) throw new Response(null, { status: 404 })
  const { case: found } = shown
  const asked = new URL(arrived.request.url).searchParams
  const offered = await offerMaterials(context, found)
  const material = found.materials.find(({ code }) => code === asked.get('material')) ?? null
  const picked = offered.find(({ material: { listingCode } }) => listingCode === asked.get('pick'))?.material ?? null
  return { case: found, offered, names: shown.names, next: nextStates(found.states), material, picked, isBought: shown.services.some((one) => one.material === material?.code && one.tender !== null), done: asked.get('done') === 'taken-back' ? ('taken-back' as const) : null }
}

export async function action(arrived: ActionFunctionArgs) {
  const context = await enterAs(arrived, 'keep:case')
  const id = arrived.params.id ?? ''
  return submit(arrived.request, z.discriminatedUnion('act', [StateForm, TakeBackForm, RemoveForm, MaterialForm], 'forms.custom'), async (form) => {
    if (form.act === 'state') await recordCaseState(context, { id, ...form })
    else if (form.act === 'take-back') await takeBackState(context, { id, place: form.place, reason: form.mistake })
    else if (form.act === 'remove') await removeMaterial(context, { id, code: form.code })
    else await keepMaterial(context, { id, material: form.material, say: sayingIn(localeOf(arrived.request)) })
    return redirect(form.act === 'take-back' ? paths.editCase(id, { done: 'taken-back' }) : paths.case(id, { done: form.act === 'remove' ? 'removed' : form.act }))
  })
}

/** What an officer writes down about a case by hand: the state that it came into, and its documents. */
export default function EditCase() {
  const { cases, catalogue } = useWords()
  const words = cases.edit
  const { case: shown, names, next, offered, material, picked, isBought, done } = useLoaderData<typeof loader>()
  const locale = useLocale()
  const filled = material ?? picked
  const rejected = useActionData<Rejected>()
  const acted = (['material', 'take-back', 'remove'] as const).find((act) => act === rejected?.values.act) ?? 'state'
  const of = (act: 'state' | 'material' | 'take-back' | 'remove') => (acted === act ? rejected : undefined)
  const [stateNo, materialNo, backNo, removeNo] = [of('state'), of('material'), of('take-back'), of('remove')]
  const last = shown.states.length > 1 ? shown.states.at(-1) : undefined
  const [goingOn, ends] = [next.filter((state) => !isOver(state)), next.filter(isOver)]
  const isEnd = ends.some((state) => String(state) === stateNo?.values.state)
  // Of a case that was granted nothing but the permit can end.
  const isRevocation = ends.every((state) => CASE_STATES[state] === 'revoked')
  const labels = { code: words.code, name: words.name, source: cases.page.source, service: cases.page.service, sharedFrom: words.sharedFrom, materialState: words.materialState, reason: words.reason }
  return (
    <Page title={names.item} kicker={shown.number} lead={<CaseStatus state={currentState(shown.states)} />} back={{ href: paths.case(shown.id), label: shown.number }}>
      {done ? <Notice tone="kept" title={words.done[done]} /> : null}
      <Section title={words.stateTitle}>
        {goingOn.length ? <PostForm action={paths.editCase(shown.id)} rejected={isEnd ? undefined : stateNo} labels={{ state: words.state, since: words.since, note: words.note }}>
          <StateFields of={goingOn} rejected={isEnd ? undefined : stateNo} />
          <div className="actions"><Button kind="main" name="act" value="state">{words.record}</Button></div>
        </PostForm> : next.length ? null : <p className="muted">{words.noNext}</p>}
        {isEnd ? <ErrorSummary errors={stateNo!.errors} labels={{ state: words.state, since: words.since, note: words.note }} /> : null}
        {ends.length ? <Confirm title={isRevocation ? words.revoke : words.end} consequences={isRevocation ? words.revokeConsequences : words.endConsequences} action={paths.editCase(shown.id)} values={{ act: 'state' }} open={isEnd}><StateFields of={ends} rejected={isEnd ? stateNo : undefined} /></Confirm> : null}
      </Section>
      {backNo ? <ErrorSummary errors={backNo.errors} labels={{ mistake: words.takeBackReason }} /> : null}
      {last ? (
        <Section id="take-back" title={words.takeBack} lead={words.takeBackLead(cases.states[CASE_STATES[last.state]], instantText(last.at, locale))}>
          <Confirm repeatable title={words.takeBack} consequences={words.takeBackConsequences} action={paths.editCase(shown.id)} values={{ act: 'take-back', place: String(shown.states.length) }} open={backNo ? true : undefined}>
            <Field kind="textarea" name="mistake" label={words.takeBackReason} hint={words.takeBackHint} rows={2} maxLength={500} {...kept(backNo, 'mistake')} />
          </Confirm>
        </Section>
      ) : null}
      <Section id="material" title={material ? words.changeTitle(material.name) : words.materialTitle} lead={cases.page.materialsLead}>
        {material || !offered.length ? null : (
          <form action={`${paths.editCase(shown.id)}#material`} className="form">
            <Field kind="select" name="pick" label={words.pick} hint={words.pickHint} optional value={picked?.listingCode ?? ''} options={offered.map(({ material: one, service, nature }) => ({ value: one.listingCode!, label: `${one.name} · ${service} ${one.listingCode!} · ${catalogue.natures[nature]}` }))} />
            <div className="actions"><Button>{words.pickButton}</Button></div>
          </form>
        )}
        <PostForm action={paths.editCase(shown.id)} rejected={materialNo} labels={labels}>
          <Field name="code" label={words.code} hint={words.codeHint} maxLength={64} {...kept(materialNo, 'code', filled?.code)} />
          <Field name="name" label={words.name} maxLength={200} {...kept(materialNo, 'name', filled?.name)} />
          <Field kind="radio" name="source" label={labels.source} options={MATERIAL_SOURCES.map((value) => ({ value, label: cases.sources[value] }))} {...kept(materialNo, 'source', filled?.source ?? 'applicant')} />
          <Field name="service" label={labels.service} hint={words.serviceHint} optional short maxLength={20} list="services" {...kept(materialNo, 'service', filled?.listingCode ?? '')} />
          <datalist id="services">{offered.map(({ material: one, service }) => <option key={one.listingCode} value={one.listingCode!}>{service}</option>)}</datalist>
          <Field name="sharedFrom" label={labels.sharedFrom} hint={words.sharedHint} optional maxLength={64} {...kept(materialNo, 'sharedFrom', filled?.sharedFrom ?? '')} />
          <Field kind="select" name="materialState" label={labels.materialState} options={MATERIAL_STATES.map((value) => ({ value, label: cases.materialStates[value] }))} {...kept(materialNo, 'materialState', filled?.state ?? 'lacking')} />
          <Field kind="textarea" name="reason" label={words.reason} hint={words.reasonHint} optional rows={2} maxLength={500} {...kept(materialNo, 'reason', filled?.reason)} />
          <div className="actions"><Button kind="main" name="act" value="material">{words.keep}</Button></div>
        </PostForm>
      </Section>
      {removeNo ? <ErrorSummary errors={removeNo.errors} labels={{ code: words.code }} /> : null}
      {material && !isBought ? (
        <Section id="remove" title={words.remove} lead={words.removeLead(material.name)}>
          <Confirm repeatable title={words.remove} consequences={words.removeConsequences} action={paths.editCase(shown.id)} values={{ act: 'remove', code: material.code }} open={removeNo ? true : undefined} />
        </Section>
      ) : null}
    </Page>
  )
}

function StateFields({ of, rejected }: { of: readonly CaseStateNumber[]; rejected: Rejected | undefined }) {
  const { cases } = useWords()
  const words = cases.edit
  return (
    <>
      <Field kind="select" name="state" label={words.state} options={of.map((state) => ({ value: String(state), label: cases.states[CASE_STATES[state]] }))} {...kept(rejected, 'state', String(of[0]))} />
      <Field type="date" name="since" label={words.since} hint={words.sinceHint} optional short {...kept(rejected, 'since')} />
      <Field kind="textarea" name="note" label={words.note} optional rows={2} maxLength={500} {...kept(rejected, 'note')} />
    </>
  )
}
