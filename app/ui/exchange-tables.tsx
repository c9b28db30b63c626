import type { CheckedLine, EndedLine } from '#app/domain/exchange/checked-line.ts'
import type { SentState } from '#app/domain/exchange/national-row.ts'
import { paths } from '#app/paths.ts'
import { DataTable, type Nothing } from './data-table.tsx'
import { CodeText } from './code-text.tsx'
import { faultDetail, placeOfMend, type Reader } from './exchange-fault.ts'
import { useWords } from './locale.tsx'
import type { PagerProps } from './pager.tsx'
import { Status, type Tone } from './status.tsx'
import { Instant } from './time.tsx'

const TONES: Record<SentState, Tone> = { waiting: 'plain', uploaded: 'open', accepted: 'kept', refused: 'refused' }

/** Services as the national tables have them, each with what would be refused of it and where that is mended. */
export function CheckedTable({ rows, reader, empty, pager }: { rows: readonly CheckedLine[]; reader: Reader; empty: Nothing; pager: PagerProps }) {
  const { exchange } = useWords()
  const words = exchange.table
  return (
    <DataTable
      caption={words.caption}
      rows={rows}
      keyOf={({ lsh }) => String(lsh)}
      empty={empty}
      pager={pager}
      columns={[
        { key: 'service', label: words.service, main: true, cell: ({ service, lsh, steps }) => <>{service}<div className="small muted">{words.row(lsh)} · {words.steps(steps)}</div></> },
        { key: 'instance', label: words.instance, cell: ({ number }) => <a href={paths.tender(number)}><code className="code">{number}</code></a> },
        { key: 'case', label: words.forCase, cell: ({ caseId, caseNumber, projectCode, division }) => <>{reader.seesCases ? <a href={paths.case(caseId)}>{caseNumber}</a> : caseNumber}<div className="small"><CodeText copy={false}>{projectCode}</CodeText></div><div className="small muted">{division}</div></> },
        { key: 'agency', label: words.agency, cell: ({ agency }) => (agency ? <a href={paths.agency(agency.uscc)}>{agency.name}</a> : <span className="muted">{words.notYet}</span>) },
        { key: 'sent', label: words.sent, cell: ({ sent }) => <Status tone={TONES[sent]}>{exchange.sent[sent]}</Status> },
        { key: 'faults', label: words.faults, cell: (line) => <Faults line={line} reader={reader} /> },
      ]}
    />
  )
}

function Faults({ line, reader }: { line: CheckedLine; reader: Reader }) {
  const { exchange } = useWords()
  if (!line.faults.length && !line.refusals.length) return <Status tone="kept">{exchange.table.fine}</Status>
  return (
    <ul className="faults">
      {line.refusals.map(({ lsh, reason }) => (
        <li key={`refused-${lsh}`}><Status tone="refused">{exchange.refusedBy(lsh, reason)}</Status></li>
      ))}
      {line.faults.map((one) => {
        const place = placeOfMend(one.mend, line, reader)
        const detail = faultDetail(exchange, one)
        return (
          <li key={`${one.fault}-${one.lsh}-${one.column ?? ''}`}>
            {exchange.faults[one.fault]}
            {detail ? <span className="muted"> · {detail}</span> : null}
            <div className="small muted">
              {one.column ? `${exchange.table.inRow(one.lsh, exchange.columns[one.column] ?? one.column)} · ` : null}
              {exchange.menders[one.mend.by]} · {place ? <a href={place}>{exchange.places[one.mend.at]}</a> : exchange.places[one.mend.at]}
            </div>
          </li>
        )
      })}
    </ul>
  )
}

/** Rows that are not valid any more. */
export function EndedTable({ rows, empty, pager }: { rows: readonly EndedLine[]; empty: Nothing; pager: PagerProps }) {
  const { exchange } = useWords()
  const words = exchange.ended
  const whyOf = (why: readonly string[]) => (why[0] !== undefined && words.endings[why[0]]) || words.corrected(why.map((column) => exchange.columns[column] ?? column).join(' · '))
  return (
    <DataTable
      caption={words.caption}
      rows={rows}
      keyOf={({ lsh }) => String(lsh)}
      empty={empty}
      pager={pager}
      columns={[
        { key: 'service', label: exchange.table.service, main: true, cell: ({ service, lsh }) => <>{service}<div className="small muted">{exchange.table.row(lsh)}</div></> },
        { key: 'instance', label: exchange.table.instance, cell: ({ number }) => <a href={paths.tender(number)}><code className="code">{number}</code></a> },
        { key: 'why', label: words.why, cell: ({ why }) => whyOf(why) },
        { key: 'when', label: words.when, cell: ({ endedAt }) => <Instant at={endedAt} seconds bare /> },
        { key: 'next', label: words.next, cell: ({ next }) => (next === null ? <span className="muted">{words.none}</span> : exchange.table.row(next)) },
      ]}
    />
  )
}
