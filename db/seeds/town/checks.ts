import { answerCheck } from '#app/domain/agencies/answer-check.server.ts'
import { checkAgency } from '#app/domain/agencies/check-agency.server.ts'
import type { CheckFields } from '#app/domain/agencies/agency-check.ts'
import { diceFor } from './dice.ts'
import type { Stage } from './stage.ts'

const DAY = 86_400_000
const PASSED: CheckFields = { verdict: 'passed', reasons: [], note: '' }
const RETURNED: CheckFields = { verdict: 'returned', reasons: ['practitioner-proof', 'certificate-differs'], note: '执业人员的社保证明缺最近一个月；资质证书编号与公示系统不一致，请核对后一并答复。' }

/** How the operator's formal check of an agency ends, as far as the story goes. */
export type Fate = 'passed' | 'waiting' | 'returned' | 'answered'

/** The operator checks the form of what an agency sent within four days; a returned one waits for its answer, or has given it. */
export function planCheck(stage: Stage, { signInName, uscc, since, fate }: { signInName: string; uscc: string; since: Date; fate: Fate }): void {
  if (fate === 'waiting') return
  const name = `check/${signInName}`
  const dice = diceFor(name)
  const at = new Date(since.getTime() + dice.between(1, 4) * DAY + dice.between(0, 3_600) * 1000)
  stage.plan(name, at, async () => void (await stage.act(name, stage.cast.get('operator')!, (context) => checkAgency(context, { uscc, ...(fate === 'passed' ? PASSED : RETURNED) }))))
  if (fate !== 'answered') return
  const answer = '已补传最近三个月社保证明，证书编号已按原件更正。'
  stage.plan(`${name}/answer`, new Date(at.getTime() + DAY), async () => void (await stage.act(`${name}/answer`, stage.cast.get(signInName)!, (context) => answerCheck(context, { answer }))))
}
