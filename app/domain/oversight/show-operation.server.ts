import { showOperation as operationView, type Operation } from '#db/views/operation.ts'
import { calendarOf } from '#db/repositories/calendar-days.ts'
import { listWaitingClaims } from '#db/repositories/service-spells.ts'
import { countQueue, listQueue } from '#db/views/agency-queue.ts'
import { memberWho } from '../accounts/actor.ts'
import type { CheckState } from '../agencies/agency-state.ts'
import { agendaOf, type AgendaItem, type Due } from '../agenda.ts'
import type { Context } from '../context.ts'
import { measureOutbox } from './measure-outbox.server.ts'
import { countStuck } from '#db/views/event-traffic.ts'
import { listDisputeViews } from '#db/views/project-disputes.ts'
import { listAwaiting } from '#db/views/awaited-values.ts'
import { awaitedValue, isLate } from '../draw/awaited.ts'
import { checkItem, claimItem, disputeItem, healthItems, lateBeaconItem, OPERATOR_KINDS, type OperatorKind } from './operator-agenda.ts'

export type { Operation }

/** Agencies that stand on the desk by name; the queue has the others. */
const LONGEST_WAITING = 6

type Readers = Awaited<ReturnType<typeof measureOutbox>>

/** Whether the marketplace works and what needs its operator, who sees figures and registrations and nothing that is sealed. */
export async function showOperation(context: Context): Promise<Operation & { today: Due<AgendaItem<OperatorKind>>[]; readers: Readers; checks: Record<CheckState, number>; at: Date; mergeDelaySeconds: number }> {
  const { divisionCode, accountId } = memberWho(context.actor, 'see:operation')
  const { db, clock, keyring: { mergeDelaySeconds } } = context
  const [at, calendar] = await Promise.all([clock.read(db), calendarOf(db, divisionCode)])
  const [operation, readers, checks, answered, unchecked, awaiting, claims, disputes, stuck] = await Promise.all([operationView(db, at), measureOutbox(db, clock), countQueue(db), listQueue(db, { state: 'answered', limit: LONGEST_WAITING }), listQueue(db, { state: 'unchecked', limit: LONGEST_WAITING }), listAwaiting(db, {}), listWaitingClaims(db, { divisionCode, limit: LONGEST_WAITING }), listDisputeViews(db, { settled: false, limit: LONGEST_WAITING }), countStuck(db)])
  const waiting = [...answered, ...unchecked].slice(0, LONGEST_WAITING)
  const late = awaiting.map((tender) => ({ tender, awaited: awaitedValue(tender) })).filter(({ awaited }) => isLate(awaited, at)).slice(0, LONGEST_WAITING)
  const items = [...healthItems({ ...operation, readers, ...stuck }, { at, mergeDelaySeconds }), ...late.map(({ tender, awaited }) => lateBeaconItem(tender, awaited)), ...claims.map((claim) => claimItem(claim, accountId)), ...disputes.map(disputeItem), ...waiting.map(checkItem)]
  return { ...operation, readers, checks, today: agendaOf(items, { at, calendar, kinds: OPERATOR_KINDS }), at, mergeDelaySeconds }
}
