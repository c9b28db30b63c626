import type { ReactNode } from 'react'
import type { Alternative, CommissioningAnswer, MaterialAnswer, Reason, Verdict as GuardVerdict } from '#app/domain/guard/judgement.ts'
import { plainAnswer } from '#app/domain/guard/plain-answer.ts'
import { REASONS } from '#app/domain/guard/reasons.ts'
import { paths } from '#app/paths.ts'
import { factName } from './condition.tsx'
import { Facts } from './facts.tsx'
import { useLocale, useWords } from './locale.tsx'
import { useMayTry } from './may-try.ts'
import { dayText } from './time.tsx'
import { Verdict, VerdictPart } from './verdict.tsx'

const isDay = (value: unknown): value is string => typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value)

/** The sentence of a reason and the rule it comes from, in the page's language. */
export function useReasons(): { textOf: (reason: Pick<Reason, 'code' | 'params'>) => string; lawOf: (code: Reason['code']) => string } {
  const locale = useLocale()
  const { reasons } = useWords().guard
  return {
    textOf: ({ code, params }) => {
      const sentence = reasons[code]
      if (typeof sentence === 'string') return sentence
      return sentence(Object.fromEntries(Object.entries(params).map(([name, value]) => [name, isDay(value) ? dayText(value, locale, false) : value])))
    },
    lawOf: (code) => {
      const { title, article } = REASONS[code]
      return locale === 'zh' ? title.zh + article.zh : `${title.en}, ${article.en}`
    },
  }
}

export type GuardAnswerProps = {
  answer: { verdict: GuardVerdict; material: MaterialAnswer; commissioning: CommissioningAnswer; reasons: readonly Reason[]; facts: readonly string[]; alternatives: readonly Alternative[] }
  question?: ReactNode
  /** The listing that was meant, to lead on to. */
  listing: { code: string; freeDownload?: string | null } | null
  children?: ReactNode
}

/** The guard's answer in both its parts, with the reasons, their law, what is missing, and what is open instead. */
export function GuardAnswer({ answer, question, listing, children }: GuardAnswerProps) {
  const all = useWords()
  const words = all.guard
  const { textOf, lawOf } = useReasons()
  const said = plainAnswer(answer)
  const mayOpen = useMayTry('draft:tender')
  const hrefs: Record<Alternative, string> = {
    'self-prepare': listing ? paths.listing(listing.code) : paths.catalogue(),
    marketplace: mayOpen ? paths.newTender(listing ? { service: listing.code } : {}) : listing ? paths.listing(listing.code) : paths.catalogue(),
    'free-download': listing?.freeDownload ?? paths.catalogue(),
    'nothing-needed': paths.supervision(),
  }
  return (
    <Verdict
      verdict={answer.verdict}
      word={words.headlines[said.headline]}
      question={question}
      lead={words.leads[said.headline]}
      reasons={answer.reasons.map((reason) => ({ key: reason.code, text: textOf(reason), law: lawOf(reason.code) }))}
      alternatives={answer.alternatives.map((key) => ({ key, label: words.alternatives[key], text: words.alternativeTexts[key], href: hrefs[key] }))}
    >
      {answer.facts.length ? (
        <VerdictPart title={said.facts === 'beside' ? words.factsBeside : words.ask.missing}>
          <ul className="reasons">
            {answer.facts.map((fact) => (
              <li key={fact}>{factName(fact, all)}</li>
            ))}
          </ul>
        </VerdictPart>
      ) : null}
      <div className="verdict-part">
        <Facts
          items={[
            { label: words.materialTitle, value: words.materialSaid[said.material] },
            { label: words.commissioningTitle, value: words.commissioningSaid[said.commissioning] },
          ]}
        />
        {children}
      </div>
    </Verdict>
  )
}
