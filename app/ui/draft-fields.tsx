import { choiceOf } from '#app/domain/agencies/qualification.ts'
import type { Forecast } from '#app/domain/tenders/forecast.ts'
import { JUDGED_AT_MOST } from '#app/domain/tenders/merit.ts'
import { namesPrice } from '#app/domain/tenders/priced.ts'
import { QUOTE_KINDS } from '#app/domain/tenders/quote-rule.ts'
import { METHODS, type Method } from '#app/domain/tenders/tender.ts'
import { TIES } from '#app/domain/tenders/tie-rule.ts'
import { Field, kept, type Rejected } from './field.tsx'
import { useWords } from './locale.tsx'
import { Notice } from './notice.tsx'

/** What may be asked for, as the page was handed it. */
type Askable = { kinds: readonly { code: string; name: string; grades: string[] }[]; licences: readonly string[] }
type Agency = { uscc: string; name: string }
type Open = Pick<Forecast, 'methods' | 'direct'>

const ASKED = [1, 2, 3] as const
const LINES = Array.from({ length: JUDGED_AT_MOST }, (_, place) => place + 1)
const MERIT_FIELDS = ['priceWeight', 'judges', ...LINES.flatMap((line) => [`criterion${line}`, `weight${line}`])]

/** The labels of a draft's fields in the order of the form, for the summary of what is wrong; a form that asks for project and service too adds theirs. */
export function useDraftLabels(): Record<string, string> {
  const { tenders, drafts, auction, credit, lots, merit, keys } = useWords()
  const { fields } = tenders
  const { rounds: auctionRounds, minutes: auctionMinutes, step: auctionStep } = auction.fields
  const { namedAgency, directReason, contact, deliverables, quoteKind, discountLeast, discountMost } = drafts.fields
  const { qualification, practitionerLicence, practitionersLeast, qualificationNeed } = drafts.conditions
  const asked = Object.fromEntries(ASKED.map((n) => [`qualification${n}`, qualification(n)]))
  const judged = Object.fromEntries(LINES.flatMap((line) => [[`criterion${line}`, merit.criterion(line)], [`weight${line}`, merit.weight(line)]]))
  return { title: fields.title, method: fields.method, namedAgency, directReason, quoteKind, discountLeast, discountMost, tie: lots.tie, twoKeys: keys.fields.twoKeys, auctionRounds, auctionMinutes, auctionStep, bigList: credit.sizes.big, smallList: credit.sizes.small, priceWeight: merit.priceWeight, judges: merit.judges, ...judged, requirements: fields.requirements, deliverables, serviceDays: fields.days, ceiling: fields.ceiling, contact, ...asked, qualificationNeed, practitionerLicence, practitionersLeast }
}

/** Which methods this purchase may use now; those that are closed say why, and none is closed silently. */
export function useMethodOptions({ methods: open, direct }: Open): { value: Method; label: string; hint: string; open: boolean }[] {
  const { drafts, tenders } = useWords()
  const whyNot = (method: Method): string | null => {
    if (method !== 'direct') {
      const closed = open.find((each) => each.method === method)?.fault
      return closed ? (closed === 'drafts.price-alone' ? drafts.refusals['price-alone'] : tenders.refusals['method-not-open']) : null
    }
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
export function DraftFields({ rejected, methods, agencies, askable, sizes }: { sizes?: Forecast['sizes'] | undefined; rejected: Rejected | undefined; methods: ReturnType<typeof useMethodOptions>; agencies: readonly Agency[]; askable: Askable }) {
  const { tenders, drafts, auction: { fields: auctioned }, credit, lots, keys } = useWords()
  const { fields } = tenders
  const mayAuction = methods.some(({ value, open }) => value === 'live-auction' && open)
  const mayList = methods.some(({ value, open }) => value === 'credit-shortlist' && open)
  const mayPrice = methods.some(({ value, open }) => namesPrice(value) && open)
  const mayJudge = methods.some(({ value, open }) => value === 'merit' && open)
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
      {mayPrice || namesPrice(method.value as Method) ? (
        <details className="fold fold-wide" open={namesPrice(method.value as Method) || Boolean(rejected?.errors.twoKeys)}>
          <summary>{drafts.fields.pricedOnly}</summary>
          <div className="form">
            <Field kind="radio" name="quoteKind" label={drafts.fields.quoteKind} options={QUOTE_KINDS.map((value) => ({ value, ...drafts.quoteKinds[value] }))} errors={rejected?.errors.quoteKind} value={kept(rejected, 'quoteKind').value || 'money'} />
            <Field name="discountLeast" label={drafts.fields.discountLeast} hint={drafts.fields.discountHint} short inputMode="decimal" unit="%" optional {...kept(rejected, 'discountLeast')} />
            <Field name="discountMost" label={drafts.fields.discountMost} short inputMode="decimal" unit="%" optional {...kept(rejected, 'discountMost')} />
            <Field kind="radio" name="tie" label={lots.tie} options={TIES.map((value) => ({ value, ...lots.ties[value] }))} errors={rejected?.errors.tie} value={kept(rejected, 'tie').value || 'draw'} />
            <Field kind="checkbox" name="twoKeys" label={keys.fields.twoKeys} text={keys.fields.text} hint={keys.fields.hint} optional errors={rejected?.errors.twoKeys} value={kept(rejected, 'twoKeys').value === 'yes'} />
          </div>
        </details>
      ) : null}
      {mayAuction || method.value === 'live-auction' ? (
        <details className="fold fold-wide" open={method.value === 'live-auction'}>
          <summary>{auctioned.only}</summary>
          <div className="form">
            <Field name="auctionRounds" label={auctioned.rounds} hint={auctioned.hint} short inputMode="numeric" optional {...kept(rejected, 'auctionRounds')} />
            <Field name="auctionMinutes" label={auctioned.minutes} hint={auctioned.minutesHint} short inputMode="numeric" unit={auctioned.minutesUnit} optional {...kept(rejected, 'auctionMinutes')} />
            <Field name="auctionStep" label={auctioned.step} hint={auctioned.stepHint} short inputMode="decimal" unit={fields.yuan} optional {...kept(rejected, 'auctionStep')} />
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
      {mayJudge || method.value === 'merit' ? <MeritFields rejected={rejected} open={method.value === 'merit'} /> : null}
      <ConditionFields rejected={rejected} askable={askable} />
      <Field kind="textarea" name="requirements" label={fields.requirements} hint={fields.requirementsHint} rows={6} maxLength={8000} {...kept(rejected, 'requirements')} />
      <Field kind="textarea" name="deliverables" label={drafts.fields.deliverables} hint={drafts.fields.deliverablesHint} rows={3} maxLength={2000} optional {...kept(rejected, 'deliverables')} />
      <Field name="serviceDays" label={fields.days} short inputMode="numeric" unit={fields.daysUnit} {...kept(rejected, 'serviceDays')} />
      <Field name="ceiling" label={fields.ceiling} hint={fields.ceilingHint} short inputMode="decimal" unit={fields.yuan} {...kept(rejected, 'ceiling')} />
      <Field name="contact" label={drafts.fields.contact} hint={drafts.fields.contactHint} maxLength={400} optional {...kept(rejected, 'contact')} />
    </>
  )
}

/** What bidders must hold beyond what everybody must: closed until somebody wants to ask for something, since most purchases need nothing. */
function ConditionFields({ rejected, askable }: { rejected: Rejected | undefined; askable: Askable }) {
  const words = useWords().drafts.conditions
  const names = [...ASKED.map((n) => `qualification${n}`), 'qualificationNeed', 'practitionerLicence', 'practitionersLeast']
  const isUsed = names.some((name) => name !== 'qualificationNeed' && (kept(rejected, name).value !== '' || rejected?.errors[name]))
  const options = askable.kinds.flatMap(({ code, name, grades }) => [
    { value: choiceOf({ kind: code, grade: null }), label: grades.length ? `${name} · ${words.anyGrade}` : name },
    ...grades.map((grade, place) => ({ value: choiceOf({ kind: code, grade }), label: `${name} · ${place ? words.gradeAtLeast(grade) : grade}` })),
  ])
  return (
    <details className="fold fold-wide" open={isUsed}>
      <summary>{words.title}</summary>
      <p className="measure">{words.lead}</p>
      <p className="small muted measure">{words.law}</p>
      <div className="form">
        {ASKED.map((n) => (
          <Field key={n} kind="select" name={`qualification${n}`} label={words.qualification(n)} options={options} placeholder={words.nothing} optional {...kept(rejected, `qualification${n}`)} />
        ))}
        <Field kind="radio" name="qualificationNeed" label={words.qualificationNeed} options={(['all', 'any'] as const).map((value) => ({ value, label: words.needs[value] }))} optional errors={rejected?.errors.qualificationNeed} value={kept(rejected, 'qualificationNeed').value || 'all'} />
        <Field kind="select" name="practitionerLicence" label={words.practitionerLicence} options={askable.licences.map((value) => ({ value, label: value }))} placeholder={words.nothing} optional {...kept(rejected, 'practitionerLicence')} />
        <Field name="practitionersLeast" label={words.practitionersLeast} short inputMode="numeric" unit={words.people} optional {...kept(rejected, 'practitionersLeast')} />
      </div>
    </details>
  )
}

/** What decides where plans are judged: the price's weight, the criteria, the judges. */
function MeritFields({ rejected, open }: { rejected: Rejected | undefined; open: boolean }) {
  const { merit } = useWords()
  return (
    <details className="fold fold-wide" open={open || MERIT_FIELDS.some((name) => rejected?.errors[name])}>
      <summary>{merit.only}</summary>
      <p className="measure">{merit.lead}</p>
      <div className="form">
        <Field name="priceWeight" label={merit.priceWeight} hint={merit.priceWeightHint} short inputMode="numeric" unit={merit.points} maxLength={6} optional {...kept(rejected, 'priceWeight')} />
        {LINES.map((line) => (
          <div key={line}>
            <Field name={`criterion${line}`} label={merit.criterion(line)} hint={line === 1 ? merit.criterionHint : undefined} maxLength={80} optional {...kept(rejected, `criterion${line}`)} />
            <Field name={`weight${line}`} label={merit.weight(line)} short inputMode="numeric" unit={merit.points} maxLength={6} optional {...kept(rejected, `weight${line}`)} />
          </div>
        ))}
        <Field name="judges" label={merit.judges} hint={merit.judgesHint} short inputMode="numeric" unit={merit.judgesUnit} maxLength={6} optional {...kept(rejected, 'judges')} />
      </div>
    </details>
  )
}
