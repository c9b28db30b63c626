import type { Forecast } from '#app/domain/tenders/forecast.ts'
import { isPriced } from '#app/domain/tenders/priced.ts'
import { QUOTE_KINDS } from '#app/domain/tenders/quote-rule.ts'
import { METHODS, type Method } from '#app/domain/tenders/tender.ts'
import { Field, kept, type Rejected } from './field.tsx'
import { useWords } from './locale.tsx'
import { Notice } from './notice.tsx'

type Agency = { uscc: string; name: string }
type Open = Pick<Forecast, 'randomOpen' | 'pricedFault' | 'direct' | 'limits'> & Partial<Pick<Forecast, 'creditFault'>>

/** The labels of a draft's fields, for the summary of what is wrong; a form that asks for project and service too adds theirs. */
export function useDraftLabels(): Record<string, string> {
  const { tenders, drafts, credit } = useWords()
  const { fields } = tenders
  const { namedAgency, directReason, contact, deliverables, quoteKind, discountLeast, discountMost } = drafts.fields
  return { method: fields.method, title: fields.title, requirements: fields.requirements, serviceDays: fields.days, ceiling: fields.ceiling, namedAgency, directReason, contact, deliverables, quoteKind, discountLeast, discountMost, bigList: credit.sizes.big, smallList: credit.sizes.small }
}

/** Which methods this purchase may use now; those that are closed say why, and none is closed silently. */
export function useMethodOptions({ randomOpen, pricedFault, creditFault, direct }: Open): { value: Method; label: string; hint: string; open: boolean }[] {
  const { drafts, tenders } = useWords()
  const whyNot = (method: Method): string | null => {
    if (method === 'lowest-price' || method === 'average-price') return pricedFault && (pricedFault === 'drafts.price-alone' ? drafts.refusals['price-alone'] : tenders.refusals['method-not-open'])
    if (method === 'credit-shortlist') return creditFault ? tenders.refusals['method-not-open'] : null
    if (method === 'random') return randomOpen ? null : tenders.refusals['method-not-open']
    const { fault } = direct
    if (!fault) return null
    if (fault.code === 'drafts.direct-authority') return drafts.refusals['direct-authority']
    if (fault.code === 'drafts.direct-closed') return drafts.refusals['direct-closed']
    return fault.code === 'drafts.direct-year' ? drafts.refusals['direct-year'](fault.params) : drafts.refusals['direct-ceiling'](fault.params)
  }
  // Too large a sum closes the method for this purchase alone, and not for the place.
  const isTooLarge = direct.fault?.code === 'drafts.direct-ceiling' || direct.fault?.code === 'drafts.direct-year'
  const closed = (method: Method) => (method === 'direct' && isTooLarge ? drafts.closedForThis : drafts.closedHere)
  return METHODS.map((method) => {
    const why = whyNot(method)
    return { value: method, label: why ? `${drafts.methods[method].name}${tenders.because}${closed(method)}` : drafts.methods[method].name, hint: why ?? drafts.methods[method].text, open: why === null }
  })
}

/** What an owner fills in for one purchase. The same form begins a draft and goes on with it. */
export function DraftFields({ rejected, methods, agencies, sizes }: { sizes?: Forecast['sizes'] | undefined; rejected: Rejected | undefined; methods: ReturnType<typeof useMethodOptions>; agencies: readonly Agency[] }) {
  const { tenders, drafts, credit } = useWords()
  const { fields } = tenders
  const mayList = methods.some(({ value, open }) => value === 'credit-shortlist' && open)
  const mayPrice = methods.some(({ value, open }) => isPriced(value) && open)
  const mayName = methods.some(({ value, open }) => value === 'direct' && open)
  const method = kept(rejected, 'method', methods.find(({ open }) => open)?.value)
  return (
    <>
      <Field name="title" label={fields.title} hint={fields.titleHint} maxLength={160} {...kept(rejected, 'title')} />
      <Field kind="radio" name="method" label={fields.method} options={methods} {...method} />
      {mayName || method.value === 'direct' ? (
        <details className="fold fold-wide" open={method.value === 'direct' || Boolean(rejected?.errors.namedAgency ?? rejected?.errors.directReason)}>
          <summary>{drafts.methods.direct.name}{tenders.because}{drafts.fields.directOnly}</summary>
          <div className="form">
            {agencies.length ? null : <Notice>{drafts.fields.nobody}</Notice>}
            <Field name="namedAgency" label={drafts.fields.namedAgency} hint={drafts.fields.namedAgencyHint(agencies.length)} list="nameable" maxLength={200} {...kept(rejected, 'namedAgency')} />
            <Field kind="textarea" name="directReason" label={drafts.fields.directReason} hint={drafts.fields.directReasonHint} rows={3} maxLength={1000} {...kept(rejected, 'directReason')} />
          </div>
          <datalist id="nameable">
            {agencies.map(({ uscc, name }) => (
              <option key={uscc} value={`${name} ${uscc}`} />
            ))}
          </datalist>
        </details>
      ) : null}
      {mayPrice || isPriced(method.value as Method) ? (
        <details className="fold fold-wide" open={isPriced(method.value as Method)}>
          <summary>{drafts.fields.pricedOnly}</summary>
          <div className="form">
            <Field kind="radio" name="quoteKind" label={drafts.fields.quoteKind} options={QUOTE_KINDS.map((value) => ({ value, ...drafts.quoteKinds[value] }))} errors={rejected?.errors.quoteKind} value={kept(rejected, 'quoteKind').value || 'money'} />
            <Field name="discountLeast" label={drafts.fields.discountLeast} hint={drafts.fields.discountHint} short inputMode="decimal" unit="%" optional {...kept(rejected, 'discountLeast')} />
            <Field name="discountMost" label={drafts.fields.discountMost} short inputMode="decimal" unit="%" optional {...kept(rejected, 'discountMost')} />
          </div>
        </details>
      ) : null}
      {mayList || method.value === 'credit-shortlist' ? (
        <details className="fold fold-wide" open={method.value === 'credit-shortlist' || Boolean(rejected?.errors.bigList ?? rejected?.errors.smallList)}>
          <summary>{credit.sizes.only}</summary>
          <div className="form">
            <Field name="smallList" label={credit.sizes.small} hint={credit.sizes.smallHint} short inputMode="numeric" unit={credit.sizes.unit} optional {...kept(rejected, 'smallList', sizes && String(sizes.small))} />
            <Field name="bigList" label={credit.sizes.big} hint={credit.sizes.bigHint} short inputMode="numeric" unit={credit.sizes.unit} optional {...kept(rejected, 'bigList', sizes && String(sizes.big))} />
          </div>
        </details>
      ) : null}
      <Field kind="textarea" name="requirements" label={fields.requirements} hint={fields.requirementsHint} rows={6} maxLength={8000} {...kept(rejected, 'requirements')} />
      <Field kind="textarea" name="deliverables" label={drafts.fields.deliverables} hint={drafts.fields.deliverablesHint} rows={3} maxLength={2000} optional {...kept(rejected, 'deliverables')} />
      <Field name="serviceDays" label={fields.days} short inputMode="numeric" unit={fields.daysUnit} {...kept(rejected, 'serviceDays')} />
      <Field name="ceiling" label={fields.ceiling} hint={fields.ceilingHint} short inputMode="decimal" unit={fields.yuan} {...kept(rejected, 'ceiling')} />
      <Field name="contact" label={drafts.fields.contact} hint={drafts.fields.contactHint} maxLength={400} optional {...kept(rejected, 'contact')} />
    </>
  )
}
