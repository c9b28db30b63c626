import type { Member } from '#app/domain/accounts/actor.ts'
import { acceptInvitation } from '#app/domain/accounts/accept-invitation.server.ts'
import { inviteJudge } from '#app/domain/awards/invite-judge.server.ts'
import { pointsField, reasonField } from '#app/domain/awards/score-sheet.ts'
import { sealBid } from '#app/domain/bids/seal.ts'
import { submitSealedBid } from '#app/domain/bids/submit-sealed-bid.server.ts'
import { randomUUID } from 'node:crypto'
import { listJudges } from '#db/repositories/judges.ts'
import type { Context } from '#app/domain/context.ts'
import type { TestContext, TestDatabase } from './database.ts'
import { CHANGCHUN, unique } from './factories.ts'
import type { Stage } from './tenders.ts'

/** A person of a name of their own, asked to sit in one seat, who has taken the invitation. */
export async function aJudge(database: TestDatabase, make: (member: Member) => Context, { owner, number, tender }: Stage, seat: number, given: { name?: string; phone?: string; ip?: string } = {}): Promise<Member> {
  const name = given.name ?? `评委${unique('甲')}`
  const { invitation } = await inviteJudge(make(owner), { number, seat, judgeName: name, judgePhone: given.phone ?? `139${String(Math.floor(Math.random() * 1e8)).padStart(8, '0')}` })
  const { accountId } = await acceptInvitation(make(owner), { invitation, displayName: name, signInName: unique('judge'), password: 'correct horse battery staple', locale: 'zh', ip: given.ip ?? '10.0.0.1' })
  const judge = (await listJudges(database.owner, tender.id)).find((one) => one.seat === seat && !one.ended)!
  return { kind: 'member', accountId, displayName: name, organisationId: judge.organisationId, organisationName: name, uscc: null, divisionCode: CHANGCHUN, role: 'judge', duty: 'manager' }
}

/** A bid above the ceiling, which a form refuses and a seal hides. */
export async function bidTooDear(context: TestContext, { number, tender }: Stage, { uscc }: Member): Promise<void> {
  const { sealing, procedure } = tender.publication
  const about = { tender: number, bid: randomUUID(), uscc: uscc! }
  const parts = { offer: { ...about, quote: { kind: 'money' as const, fen: 50_000_01 }, contribution: '', salt: '0'.repeat(40) }, plan: { ...about, text: '三阶段方案', salt: 'a'.repeat(64) } }
  await submitSealedBid(context, { number, bid: about.bid, envelope: await sealBid(parts, { ...about, rules: procedure.rules, holders: sealing!.holders }) })
}

/** A filled-in sheet: points by bid and criterion, each with a reason. */
export function aSheet(points: Record<string, Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(points).flatMap(([bid, marks]) => Object.entries(marks).flatMap(([criterion, given]) => [
      [pointsField(bid, criterion), given],
      [reasonField(bid, criterion), `方案针对性强，给 ${given} 分。`],
    ])),
  )
}
