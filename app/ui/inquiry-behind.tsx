import { paths } from '#app/paths.ts'
import { CodeText } from './code-text.tsx'
import { Facts } from './facts.tsx'
import { useWords } from './locale.tsx'
import { Notice } from './notice.tsx'
import { Day, Instant } from './time.tsx'
import { sizeText } from './upload.tsx'

type At = Date | string
export type Paper = { id: string; name: string; bytes: number }
export type BehindProps = {
  report: { asked: string; words: string; reporter: string | null; projectCode: string | null; reportedAt: At; files: readonly Paper[] } | null
  paper: { material: string; reason: string; turnedAwayOn: string; told: string; projectCode: string | null } | null
  upheld: { reason: string; at: At; withdrawn: { reason: string; at: At } | null } | null
}

const told = (text: string) => <span className="whitespace-pre-line break-words">{text}</span>

/** What stands behind a lead: the report with its papers, the paper that was turned away, why a demand is kept up, and the decision. */
export function InquiryBehind({ behind: { report, paper, upheld }, decisionId }: { behind: BehindProps; decisionId: string | null }) {
  const all = useWords()
  const words = all.inquiries.file
  return (
    <>
      {report ? (
        <>
          <h3>{words.report}</h3>
          <Facts
            items={[
              { label: words.asked, value: report.asked },
              { label: words.words, value: told(report.words) },
              { label: words.reporter, value: report.reporter ?? words.anonymous },
              report.projectCode ? { label: words.project, value: <CodeText>{report.projectCode}</CodeText> } : null,
              { label: words.reportedAt, value: <Instant at={report.reportedAt} /> },
              { label: words.files, value: <Papers files={report.files} /> },
            ]}
          />
        </>
      ) : null}
      {paper ? (
        <>
          <h3>{words.paper}</h3>
          <Facts
            items={[
              { label: words.material, value: paper.material, note: all.reports.told[paper.told] },
              { label: words.reason, value: told(paper.reason) },
              { label: words.turnedAwayOn, value: <Day day={paper.turnedAwayOn} /> },
              paper.projectCode ? { label: words.project, value: <CodeText>{paper.projectCode}</CodeText> } : null,
            ]}
          />
        </>
      ) : null}
      {upheld ? <Facts items={[{ label: words.upheld, value: told(upheld.reason), note: <Instant at={upheld.at} /> }]} /> : null}
      {upheld?.withdrawn ? <Notice tone="kept" title={words.withdrawn}><p>{told(upheld.withdrawn.reason)}</p></Notice> : null}
      {decisionId ? <p><a href={paths.decision(decisionId)}>{words.decision}</a></p> : null}
    </>
  )
}

/** Papers to open one by one, each as a download. */
export function Papers({ files }: { files: readonly Paper[] }) {
  const words = useWords().inquiries.file
  if (!files.length) return <>{words.none}</>
  return (
    <ul>
      {files.map(({ id, name, bytes }) => (
        <li key={id}><a href={paths.evidence(id)} download data-no-prefetch="">{name}</a> <span className="small muted">{sizeText(bytes)}</span></li>
      ))}
    </ul>
  )
}
