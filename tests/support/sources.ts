import { readFileSync } from 'node:fs'
import type { Beacon, DrandBeacon, DrawSource, LotteryBeacon } from '#app/domain/draw/draw.ts'
import type { BeaconEvidence } from '#app/domain/draw/terms.ts'

const ours = JSON.parse(readFileSync('docs/vectors/draw-sources-v1.json', 'utf8')) as { drand: { beacon: DrandBeacon }; lottery: { beacon: LotteryBeacon } }
const MINUTE = 60_000
const USUAL = Date.UTC(2026, 10, 20, 2)
/** A real round of drand is old; the story of its draw is told so that it fits, 45 minutes after the publication. */
const OF_THE_ROUND = Date.parse(ours.drand.beacon.at) - 45 * MINUTE

type Setting = { base: number; beacon?: Beacon; evidence: BeaconEvidence; drawnAt: number }
const at = (base: number, minute: number) => new Date(base + minute * MINUTE).toISOString()

/** When the story of a draw begins, its value, and the minute in which it is drawn, by source. */
export const SETTINGS: Record<DrawSource, Setting> = {
  local: { base: USUAL, evidence: {}, drawnAt: 46 },
  drand: { base: OF_THE_ROUND, beacon: ours.drand.beacon, evidence: { covered: at(OF_THE_ROUND, 33) }, drawnAt: 46 },
  lottery: { base: USUAL, beacon: { ...ours.lottery.beacon, at: at(USUAL, 45) }, evidence: { covered: at(USUAL, 33), accepted: '00000000-0000-4000-8000-00000000000a' }, drawnAt: 7000 },
}
