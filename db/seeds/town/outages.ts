import { proposeOutage } from '#app/domain/oversight/propose-outage.server.ts'
import type { Context } from '#app/domain/context.ts'
import { diceFor } from './dice.ts'
import { byDay, type Stage } from './stage.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** The web of the story, which served until the real one began. */
const STORY_WEB = '6f1c9a52-7d3e-4b08-9c64-2a50e17b83d9'
const MEASURED_FOR = 60 * DAY
/** The evening of a deadline on which nobody was served, counted back from it. */
const [GAP_FROM, GAP_UNTIL] = [95 * MINUTE, 20 * MINUTE]

/** What the story's web measured: it always served, but for an evening before this deadline, which therefore moves for everybody. */
export async function measureOutage(stage: Stage, closesAt: Date): Promise<void> {
  const { toldAt } = stage
  const spells: [Date, Date][] = [
    [new Date(toldAt.getTime() - MEASURED_FOR), new Date(closesAt.getTime() - GAP_FROM)],
    [new Date(closesAt.getTime() - GAP_UNTIL), toldAt],
  ]
  await stage.db('service_spells').insert(spells.map(([began_at, beat_at]) => ({ process: STORY_WEB, began_at, beat_at }))).onConflict().ignore()
}

/** Until a real web has served the story's does: what lies between the telling and the first start is nobody's outage. */
export async function handOverMeasuring({ db, clock }: Pick<Context, 'db' | 'clock'>): Promise<void> {
  const last = (await db('service_spells').orderBy('beat_at', 'desc').first('process', 'began_at')) as { process: string; began_at: Date } | undefined
  if (last?.process === STORY_WEB) await db('service_spells').where(last).update({ beat_at: await clock.read(db) })
}

/** One operator has reported an outage that the measurement cannot see; it waits for whoever plays the other. */
export function planOutages(stage: Stage): void {
  const name = 'outage/claim'
  const [from, until] = [new Date(stage.toldAt.getTime() - 3 * DAY), stage.toldAt]
  const at = byDay(new Date(stage.toldAt.getTime() - 20 * HOUR), diceFor(name), { from, until })
  const gap = { from: new Date(at.getTime() - 130 * MINUTE), until: new Date(at.getTime() - 85 * MINUTE) }
  const reason = '运营商骨干线路故障，省内部分用户打不开网站；服务器一直在运行，平台自身的测量看不到。'
  stage.plan(name, at, async () => void (await stage.act(name, stage.cast.get('operator')!, (context) => proposeOutage(context, { gap, reason }))))
}
