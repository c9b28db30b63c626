import type { DeliveryState, Health } from '#app/domain/events/endpoint.ts'
import type { LoggedDelivery, Receiver, ShownInbound } from '#app/domain/events/shown-traffic.ts'
import { sentenceOf } from '#app/words/words.ts'
import { paths } from '#app/paths.ts'
import { Button } from './button.tsx'
import { DataTable } from './data-table.tsx'
import { useWords } from './locale.tsx'
import type { PagerProps } from './pager.tsx'
import { Status, type Tone } from './status.tsx'
import { Instant } from './time.tsx'

const HEALTH_TONES: Record<Health, Tone> = { well: 'kept', failing: 'open', disabled: 'refused', ended: 'plain' }
const STATE_TONES: Record<DeliveryState, Tone> = { waiting: 'plain', queued: 'plain', retrying: 'open', delivered: 'kept', 'given-up': 'refused' }

export function ReceiverTable({ rows }: { rows: readonly Receiver[] }) {
  const words = useWords().events.receivers
  return (
    <DataTable
      caption={words.caption}
      rows={rows}
      keyOf={({ id }) => id}
      columns={[
        { key: 'office', label: words.office, main: true, cell: ({ office }) => office },
        { key: 'address', label: words.address, cell: ({ url }) => <code className="code">{url}</code> },
        { key: 'health', label: words.health, cell: ({ health, cause }) => <><Status tone={HEALTH_TONES[health]}>{words.healths[health]}</Status>{cause ? <div className="small muted">{words.causes[cause]}</div> : null}</> },
        { key: 'waiting', label: words.waiting, number: true, cell: ({ waiting }) => String(waiting) },
        { key: 'oldest', label: words.oldest, cell: ({ oldest }) => (oldest ? <Instant at={oldest} seconds bare /> : words.nothing) },
        { key: 'next', label: words.next, cell: ({ nextAttemptAt }) => (nextAttemptAt ? <Instant at={nextAttemptAt} seconds bare /> : words.nothing) },
        { key: 'log', label: words.log, cell: ({ id }) => <a href={`${paths.eventTraffic({ webhook: id })}#log`}>{words.toLog}</a> },
      ]}
      empty={words.none}
    />
  )
}

export function DeliveryTable({ rows, pager }: { rows: readonly LoggedDelivery[]; pager: PagerProps }) {
  const { events: words, acts } = useWords()
  return (
    <DataTable
      caption={words.log.caption}
      rows={rows}
      keyOf={({ id }) => id}
      columns={[
        { key: 'event', label: words.log.event, main: true, cell: ({ id, type }) => <a href={paths.delivery(id)}>{acts.events[type] ?? type}</a> },
        { key: 'subject', label: words.log.subject, cell: ({ subject }) => <code className="code">{subject}</code> },
        { key: 'receiver', label: words.log.receiver, cell: ({ receiver }) => receiver },
        { key: 'state', label: words.log.state, cell: ({ state }) => <DeliveryStatus state={state} /> },
        { key: 'attempts', label: words.log.attempts, number: true, cell: ({ attempts }) => String(attempts) },
        { key: 'last', label: words.log.last, cell: (one) => <Answer status={one.lastStatus} fault={one.lastFault} /> },
        { key: 'next', label: words.receivers.next, cell: ({ nextAttemptAt }) => (nextAttemptAt ? <Instant at={nextAttemptAt} seconds bare /> : words.receivers.nothing) },
      ]}
      empty={words.log.none}
      pager={pager}
    />
  )
}

export function DeliveryStatus({ state }: { state: DeliveryState }) {
  const { states } = useWords().events.log
  return <Status tone={STATE_TONES[state]}>{states[state]}</Status>
}

/** What the receiver answered, or why it did not; its own text is never kept. */
export function Answer({ status, fault }: { status: number | null; fault: string | null }) {
  const words = useWords().events
  if (status !== null) return <>{words.answer(status)}</>
  return <>{fault === null ? words.notTried : (words.faults[fault] ?? fault)}</>
}

export function InboundTable({ rows }: { rows: readonly ShownInbound[] }) {
  const { inbound: words } = useWords().events
  return (
    <DataTable
      caption={words.caption}
      rows={rows}
      keyOf={({ id }) => String(id)}
      columns={[
        { key: 'event', label: words.event, main: true, cell: ({ type, subject }) => <><code className="code">{type}</code><div className="small muted">{subject}</div></> },
        { key: 'source', label: words.source, cell: ({ office, source }) => <>{office}<div className="small muted">{source}</div></> },
        { key: 'received', label: words.received, cell: ({ receivedAt }) => <Instant at={receivedAt} seconds bare /> },
        { key: 'outcome', label: words.outcome, cell: (one) => <InboundOutcome one={one} /> },
        {
          key: 'again',
          label: words.again,
          cell: ({ id, nextAttemptAt }) =>
            nextAttemptAt ? <Instant at={nextAttemptAt} seconds bare /> : (
              <form method="post" action={paths.eventTraffic()}>
                <input type="hidden" name="id" value={id} />
                <Button>{words.again}</Button>
              </form>
            ),
        },
      ]}
      empty={words.none}
    />
  )
}

function InboundOutcome({ one: { outcome, nextAttemptAt, tried, fault, faults } }: { one: ShownInbound }) {
  const all = useWords()
  const { inbound: words } = all.events
  return (
    <>
      <Status tone={outcome === 'unknown-type' ? 'plain' : nextAttemptAt ? 'open' : 'refused'}>{outcome ? words.outcomes[outcome] : nextAttemptAt ? words.retrying(tried) : words.givenUp(tried)}</Status>
      {faults.map(({ field, code, params }) => <div key={`${field} ${code}`} className="small muted">{field ? <><code className="code">{field}</code> </> : null}{sentenceOf(all, code, params)}</div>)}
      {fault && faults.length === 0 ? <div className="small muted">{words.ours} <code className="code">{fault}</code></div> : null}
    </>
  )
}
