import type { Database } from '#app/domain/context.ts'

/** What every page's frame says about the house: whose marketplace it is, and how far its ledger has come. */
export type FrameView = {
  marketplace: { divisionCode: string; name: string; demo: boolean } | null
  checkpoint: { size: number; root: string; signedAt: Date } | null
}

type Row = { division_code: string | null; name: string; demo: boolean; size: number | null; root: Buffer; signed_at: Date }

export async function showFrame(db: Database): Promise<FrameView> {
  const { rows } = await db.raw<{ rows: [Row] }>(`
    select place.division_code, place.name, place.demo, latest.size, latest.root, latest.signed_at
    from (select 1) as one
    left join lateral (
      select marketplaces.division_code, divisions.name, marketplaces.demo
      from marketplaces join divisions on divisions.code = marketplaces.division_code
      order by marketplaces.opened_on, marketplaces.division_code limit 1
    ) as place on true
    left join lateral (
      select size, root, signed_at from ledger_checkpoints order by size desc, signed_at desc limit 1
    ) as latest on true`).options({ name: 'frame' })
  const row = rows[0]
  return {
    marketplace: row.division_code === null ? null : { divisionCode: row.division_code, name: row.name, demo: row.demo },
    checkpoint: row.size === null ? null : { size: row.size, root: row.root.toString('hex'), signedAt: row.signed_at },
  }
}
