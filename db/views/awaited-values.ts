import type { Database } from '#app/domain/context.ts'
import type { Awaiting } from '#app/domain/draw/awaited.ts'

export type AwaitingTender = Awaiting & { id: string; number: string; title: string; divisionCode: string }

/**
 * Tenders that wait for a value from outside: the pool is frozen, of sealed prices they are opened, of judged plans the score sheets are public, and no value was taken.
 * What a value must come after is under a checkpoint since `coveredAt`, the first one that was signed over it.
 */
export async function listAwaiting(db: Database, { id, number, source, divisionPrefix, limit = 200 }: { id?: string; number?: string; source?: Awaiting['source']; divisionPrefix?: string; limit?: number }): Promise<AwaitingTender[]> {
  const { rows } = await db.raw<{ rows: AwaitingTender[] }>(
    `select tenders.id, tenders.number, tenders.title, tenders.division_code as "divisionCode", tenders.draw_source as source,
            tenders.procedure #>> '{randomness,game}' as game, coalesce(reveals.decides_after, openings.decides_after, tenders.draws_after) as "from", covering.signed_at as "coveredAt"
       from tenders
       join draw_pools pools on pools.tender_id = tenders.id
       left join tender_openings openings on openings.tender_id = tenders.id
       left join sheet_reveals reveals on reveals.tender_id = tenders.id
       left join tender_beacons taken on taken.tender_id = tenders.id
       left join ledger_leaves leaf on leaf.entry_id = coalesce(reveals.ledger_entry_id, openings.ledger_entry_id, pools.ledger_entry_id)
       left join lateral (select signed_at from ledger_checkpoints where size > leaf.index order by size limit 1) covering on true
      where tenders.draw_source <> 'local' and tenders.settled_at is null and taken.tender_id is null
        and not exists (select from draws where draws.tender_id = tenders.id)
         and ((tenders.sealing is null and tenders.method <> 'live-auction') or openings.outcome = 'to-rank') and (tenders.merit is null or reveals.tender_id is not null)
        and (cast(:id as uuid) is null or tenders.id = :id) and (cast(:number as text) is null or tenders.number = :number) and (cast(:source as text) is null or tenders.draw_source = :source)
        and tenders.division_code like :prefix
      order by "from", tenders.id limit :limit`,
    { id: id ?? null, number: number ?? null, source: source ?? null, prefix: `${divisionPrefix ?? ''}%`, limit },
  )
  return rows
}
