import type { TimeLeft } from '#app/domain/agenda.ts'
import { formatYuan } from '#app/domain/money.ts'
import type { Lead, LeadKind, LeadOf } from '#app/domain/oversight/lead.ts'
import { paths } from '#app/paths.ts'
import type { Words } from '#app/words/words.ts'
import { Left } from './agenda.tsx'
import { ButtonLink } from './button.tsx'
import { useWords } from './locale.tsx'
import { Deadline, Instant } from './time.tsx'

type Dated<L> = L extends Lead ? Omit<L, 'until' | 'since'> & { until: Date | string | null; since: Date | string } : never
export type LeadLine = Dated<Lead> & { left: TimeLeft | null }

const HREFS: Record<LeadKind, (subject: string) => string> = {
  'result-overdue': (number) => paths.tender(number),
  'keys-late': (number) => paths.tender(number),
  'question-overdue': (number) => paths.questions(number),
  'demand-upheld': (id) => paths.decision(id),
  'document-turned-away': (id) => paths.openInquiry({ kind: 'document-turned-away', key: id }),
  'service-said': (id) => paths.case(id),
  'demand-reported': (id) => paths.openInquiry({ kind: 'demand-reported', key: id }),
  'demand-insisted': (id) => paths.decision(id),
  'agency-concentrated': paths.agency,
  'bidders-related': paths.tender,
  'bids-one-hand': paths.tender,
  'bidders-conflicted': paths.tender,
  'award-passed-over': paths.tender,
  'people-shared': paths.tender,
  'direct-share': paths.agency,
  'direct-total': paths.tender,
}

/** Leads line by line: what it is, the sentence that says why, since or until when, and where to look. */
export function LeadList({ items }: { items: readonly LeadLine[] }) {
  const all = useWords()
  const words = all.leads
  return (
    <ul className="rows agenda">
      {items.map((lead) => (
        <li key={`${lead.kind} ${lead.key}`}>
          <div>
            <p className="agenda-title">{words.kinds[lead.kind]}</p>
            <p className="measure">{sentenceOf(lead, all)}</p>
            {'pairs' in lead.params ? <Pairs pairs={lead.params.pairs} /> : null}
            <p className="row-note">
              {lead.until ? <>{words.untils[lead.kind] ?? all.desks.until} <Deadline at={lead.until} bare /></> : <>{all.desks.since} <Instant at={lead.since} bare /></>}
            </p>
          </div>
          <div>
            {lead.left ? <Left left={lead.left} /> : null}
            <ButtonLink small href={HREFS[lead.kind](lead.subject)}>
              {words.actions[lead.kind]}
              <span className="sr-only">{all.desks.actionOn(sentenceOf(lead, all))}</span>
            </ButtonLink>
            {HREFS[lead.kind](lead.subject).startsWith(paths.openInquiry()) ? null : (
              <a className="small" href={paths.openInquiry({ kind: lead.kind, key: lead.key })}>
                {all.inquiries.open.link}
                <span className="sr-only">{all.desks.actionOn(sentenceOf(lead, all))}</span>
              </a>
            )}
          </div>
        </li>
      ))}
    </ul>
  )
}

export function sentenceOf({ kind, params }: Pick<LeadLine, 'kind' | 'params'>, { leads, keys }: Words): string {
  const { fen, ofFen, limitFen } = params as Partial<LeadOf<'direct-share'>['params'] & LeadOf<'direct-total'>['params']>
  const said = {
    ...params,
    ...('waiting' in params && { waiting: params.waiting.map((holder) => keys.holders[holder] ?? holder).join(leads.and) }),
    ...(fen !== undefined && { fen: formatYuan(fen) }),
    ...(fen !== undefined && ofFen && { share: percent(fen / ofFen) }),
    ...(limitFen !== undefined && { limit: formatYuan(limitFen) }),
  }
  return (leads.sentences[kind] as (params: object) => string)(said)
}

/** Which bidders were tied to which, and by what. */
function Pairs({ pairs }: { pairs: readonly { one: string; other: string | null; by: readonly string[] }[] }) {
  const words = useWords().leads
  return (
    <ul className="small">
      {pairs.map(({ one, other, by }) => (
        <li key={`${one} ${other}`}>{words.pair(one, other, by.map(words.tie).join(words.and))}</li>
      ))}
    </ul>
  )
}

/** A share of one in hundredths, without digits that say nothing. */
export function percent(share: number): string {
  return `${Number((share * 100).toFixed(1))}%`
}
