import { showOperation as operationView, type Operation } from '#db/views/operation.ts'
import { calendarOf } from '#db/repositories/calendar-days.ts'
import { memberWho } from '../accounts/actor.ts'
import { agendaOf, type AgendaItem, type Due } from '../agenda.ts'
import type { Context } from '../context.ts'
import { measureOutbox } from './measure-outbox.server.ts'
import { healthItems, OPERATOR_KINDS, type OperatorKind } from './operator-agenda.ts'

export type { Operation }

type Readers = Awaited<ReturnType<typeof measureOutbox>>

/** Whether the marketplace works and what needs its operator, who sees figures and registrations and nothing that is sealed. */
export async function showOperation(context: Context): Promise<Operation & { today: Due<AgendaItem<OperatorKind>>[]; readers: Readers; at: Date; mergeDelaySeconds: number }> {
  const { divisionCode } = memberWho(context.actor, 'see:operation')
  const { db, clock, keyring: { mergeDelaySeconds } } = context
  const [at, calendar] = await Promise.all([clock.read(db), calendarOf(db, divisionCode)])
  const [operation, readers] = await Promise.all([operationView(db, at), measureOutbox(db, clock)])
  const items = healthItems({ ...operation, readers }, { at, mergeDelaySeconds })
  return { ...operation, readers, today: agendaOf(items, { at, calendar, kinds: OPERATOR_KINDS }), at, mergeDelaySeconds }
}
