import type { AgendaItem } from '../agenda.ts'

/** What may wait for an operator, the more pressing first where no clock runs. */
export const OPERATOR_KINDS = ['ledger-late', 'tenders-overdue', 'beacon-late', 'messages-late', 'events-stuck', 'outage-to-approve', 'project-disputed', 'check-answered', 'agency-to-check', 'outage-proposed'] as const
export type OperatorKind = (typeof OPERATOR_KINDS)[number]

type Health = { unsequenced: number; oldestUnsequencedAt: Date | null; overdueTenders: number; readers: readonly { reader: string; waiting: number; seconds: number }[]; stuckEvents: number; stuckSince: Date | null }

/** The inbox's round reads every other second; after this long something holds it up. */
const MESSAGES_LATE = 60

/** What is wrong with the machinery now: a promise to the ledger that ran out, tenders nobody moved, events nobody was told of. */
export function healthItems(health: Health, { at, mergeDelaySeconds }: { at: Date; mergeDelaySeconds: number }): AgendaItem<OperatorKind>[] {
  const items: AgendaItem<OperatorKind>[] = []
  const item = (kind: OperatorKind, count: number, since: Date, until: Date | null) => items.push({ kind, subject: kind, title: '', count, since, until })
  const waiting = health.oldestUnsequencedAt
  const inbox = health.readers.find(({ reader }) => reader === 'inbox')
  if (waiting) {
    const promised = new Date(waiting.getTime() + mergeDelaySeconds * 1000)
    if (promised < at) item('ledger-late', health.unsequenced, waiting, promised)
  }
  if (health.overdueTenders > 0) item('tenders-overdue', health.overdueTenders, at, null)
  if (inbox && inbox.waiting > 0 && inbox.seconds > MESSAGES_LATE) item('messages-late', inbox.waiting, new Date(at.getTime() - inbox.seconds * 1000), null)
  if (health.stuckEvents > 0) item('events-stuck', health.stuckEvents, health.stuckSince ?? at, null)
  return items
}

/** A tender whose value from outside is late. There is nothing to decide about it: the source, or the way to it, has to come back. */
export function lateBeaconItem({ number, title }: { number: string; title: string }, { at }: { at: Date }): AgendaItem<OperatorKind> {
  return { kind: 'beacon-late', subject: number, title, until: at, since: at }
}

/** An outage that waits for a second operator: for everybody but the one who proposed it, who can only wait. */
export function claimItem({ id, reason, proposedAt, proposedBy }: { id: string; reason: string; proposedAt: Date; proposedBy: string }, accountId: string): AgendaItem<OperatorKind> {
  return { kind: proposedBy === accountId ? 'outage-proposed' : 'outage-to-approve', subject: id, title: reason, until: null, since: proposedAt }
}

/** A project of which offices name another than its registrant, who speaks for it no more until that is settled. */
export function disputeItem({ code, project, raisedAt }: { code: string; project: string; raisedAt: Date }): AgendaItem<OperatorKind> {
  return { kind: 'project-disputed', subject: code, title: project, until: null, since: raisedAt }
}

/** An agency whose formal check waits: the first one, or another after its answer. */
export function checkItem({ uscc, name, seat, admittedAt, answeredAt }: { uscc: string; name: string; seat: string; admittedAt: Date; answeredAt: Date | null }): AgendaItem<OperatorKind> {
  return { kind: answeredAt ? 'check-answered' : 'agency-to-check', subject: uscc, title: name, note: seat, until: null, since: answeredAt ?? admittedAt }
}
