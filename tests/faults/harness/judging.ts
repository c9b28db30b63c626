import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { isRefusal } from '#app/domain/refusal.ts'
import { pointsField, reasonField } from '#app/domain/awards/score-sheet.ts'
import { judgedOf, type Criterion } from '#app/domain/tenders/merit.ts'
import { paths } from '#app/paths.ts'
import { findSheetDraft } from '#db/repositories/sheet-drafts.ts'
import { listJudges } from '#db/repositories/judges.ts'
import { listOpened } from '#db/repositories/openings.ts'
import type { TestDatabase } from '#tests/support/database.ts'
import { aJudge } from '#tests/support/judges.ts'
import { insist, once, PATIENCE } from './acting.ts'
import { ask, PAUSE, signedIn, type Form, type Line, type Person } from './requests.ts'
import { actingAs, type Ground, type Staged } from './staging.ts'

type Act = 'declare' | 'draft' | 'commit' | 'show'
type Judge = Person & { seat: number; words: string }

/**
 * Judges are asked as soon as the pool is frozen; each declares, keeps an unfinished sheet, commits to it and shows it. Nobody gives up: what was not
 * acknowledged is sent again until it is there.
 *
 * @param search looks for what nobody may know yet: prices before the last judge has declared, words of sheets before the last one is committed
 */
export async function judge(line: Line, ground: Ground, stage: Staged, search: () => Promise<unknown>): Promise<void> {
  const db = ground.owner
  const { procedure } = stage.tender.publication
  if (procedure.method !== 'merit' || !(await once(db, stage, ({ frozenAt }) => frozenAt !== null))) return
  const judges: Judge[] = []
  for (let seat = 1; seat <= procedure.judges; seat++) judges.push({ ...(await signedIn(db, await asked(ground, stage, seat))), seat, words: randomUUID() })
  const own = async ({ member }: Judge) => (await listJudges(db, stage.tender.id)).find(({ organisationId }) => organisationId === member.organisationId)!
  const [last, ...others] = judges as [Judge, ...Judge[]]

  const tell = (act: 'declare' | 'sheet', { member, words }: Judge) => void line.story.told.push({ tender: stage.number, act, by: member.organisationId, mark: words, receipt: null })
  const declare = async (each: Judge) => {
    if (await insist(line, each, formOf(stage, 'declare', { commitment: 'yes' }), async () => (await own(each)).declaredAt !== null)) tell('declare', each)
  }
  await Promise.all(others.map(declare))
  await search()
  await declare(last)
  if (!(await once(db, stage, ({ opening }) => opening !== null))) return

  const bids = (await listOpened(db, stage.tender.id)).flatMap(({ bid, outcome }) => (outcome === 'valid' ? [bid] : []))
  for (const { words } of judges) line.story.written.push({ tender: stage.number, words })
  const sheetOf = ({ words }: Judge, most: number) => aSheetOf(bids.slice(0, most), judgedOf(procedure.criteria), { words, points: (weight) => line.chance.below(weight + 1) })
  await Promise.all(judges.map(async (each) => insist(line, each, formOf(stage, 'draft', sheetOf(each, 1)), async () => Boolean(await findSheetDraft(db, (await own(each)).id)))))
  const commit = async (each: Judge) => {
    if (await insist(line, each, formOf(stage, 'commit', sheetOf(each, bids.length)), async () => (await own(each)).sheet !== null)) tell('sheet', each)
  }
  await Promise.all(others.map(commit))
  await search()
  await commit(last)
  // Whoever does not show it leaves that to the clock.
  await Promise.all(judges.map(async (each) => line.chance.holds(0.8) && ask(line, each, formOf(stage, 'show', {}))))
}

/** A person asked to sit in a seat, who has taken the invitation; while the tender is held the owner waits. */
async function asked(ground: Ground, stage: Staged, seat: number) {
  for (const began = Date.now(); ; await sleep(PAUSE)) {
    try {
      // From one address so many judges would be too many.
      return await aJudge(ground as TestDatabase, actingAs(ground), stage, seat, { ip: randomUUID() })
    } catch (error) {
      if (!isRefusal(error) || error.code !== 'changes.suspended' || Date.now() - began > PATIENCE) throw error
    }
  }
}

const formOf = ({ number }: Staged, act: Act, fields: Record<string, string>): Form => ({ what: 'judging', path: paths.judge(number), fields: { act, ...fields }, done: `done=${act}` })

function aSheetOf(bids: readonly string[], criteria: readonly Criterion[], { words, points }: { words: string; points: (weight: number) => number }): Record<string, string> {
  return Object.fromEntries(bids.flatMap((bid) => criteria.flatMap(({ code, weight }) => [[pointsField(bid, code), String(points(weight))], [reasonField(bid, code), `方案针对性强，记录 ${words}。`]])))
}
