import type { Member } from '#app/domain/accounts/actor.ts'
import { acceptInvitation } from '#app/domain/accounts/accept-invitation.server.ts'
import { inviteJudge } from '#app/domain/awards/invite-judge.server.ts'
import { pointsField, reasonField } from '#app/domain/awards/score-sheet.ts'
import { listJudges } from '#db/repositories/judges.ts'
import type { Context } from '#app/domain/context.ts'
import type { TestDatabase } from './database.ts'
import { CHANGCHUN, unique } from './factories.ts'
import type { Stage } from './tenders.ts'

/** A person of a name of their own, asked to sit in one seat, who has taken the invitation. */
export async function aJudge(database: TestDatabase, make: (member: Member) => Context, { owner, number, tender }: Stage, seat: number, given: { name?: string; phone?: string } = {}): Promise<Member> {
  const name = given.name ?? `评委${unique('甲')}`
  const { invitation } = await inviteJudge(make(owner), { number, seat, judgeName: name, judgePhone: given.phone ?? `139${String(Math.floor(Math.random() * 1e8)).padStart(8, '0')}` })
  const { accountId } = await acceptInvitation(make(owner), { invitation, displayName: name, signInName: unique('judge'), password: 'correct horse battery staple', locale: 'zh', ip: '10.0.0.1' })
  const judge = (await listJudges(database.owner, tender.id)).find((one) => one.seat === seat && !one.ended)!
  return { kind: 'member', accountId, displayName: name, organisationId: judge.organisationId, organisationName: name, uscc: null, divisionCode: CHANGCHUN, role: 'judge', duty: 'manager' }
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
