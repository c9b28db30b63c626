import type { Verdict } from '#app/domain/guard/judgement.ts'
import { paths } from '#app/paths.ts'
import { useWords } from './locale.tsx'
import { Notice } from './notice.tsx'
import { Instant } from './time.tsx'

type Said = { reason: string; at: Date | string }

/** What became of a decision since: kept up, taken back, or answered by the regulator's. */
export function DecisionStanding({ answers, standing: { upheld, withdrawn, answeredBy } }: { answers: string | null; standing: { upheld: Said | null; withdrawn: Said | null; answeredBy: { id: string; verdict: Verdict } | null } }) {
  const words = useWords().reports.uphold
  const said = ({ reason, at }: Said) => (
    <>
      <p className="whitespace-pre-line break-words">{reason}</p>
      <p className="small"><Instant at={at} /></p>
    </>
  )
  return (
    <>
      {answers ? <Notice title={words.answersTitle} next={{ href: paths.decision(answers), label: words.answers }} /> : null}
      {answeredBy ? <Notice title={words.answeredTitle} next={{ href: paths.decision(answeredBy.id), label: words.answered }} /> : null}
      {upheld ? <Notice tone="refused" title={words.upheldTitle}>{said(upheld)}</Notice> : null}
      {withdrawn ? <Notice tone="kept" title={words.withdrawnTitle}>{said(withdrawn)}</Notice> : null}
    </>
  )
}
