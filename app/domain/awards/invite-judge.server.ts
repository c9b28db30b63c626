import { INVITATION_LASTS } from '#app/domain/accounts/invitation.ts'
import { newToken } from '#app/domain/accounts/open-session.server.ts'
import { hashOfToken } from '#app/domain/accounts/session.ts'
import { endOf } from '#app/domain/calendar.ts'
import { newId } from '#app/domain/chance.server.ts'
import type { Context } from '#app/domain/context.ts'
import { tell } from '#app/domain/ledger/tell.server.ts'
import { Refusal } from '#app/domain/refusal.ts'
import { lockOwnTender } from '#app/domain/tenders/own-draft.server.ts'
import { isTenderNumber } from '#app/domain/tenders/tender.ts'
import { transact } from '#db/client.ts'
import { calendarOf } from '#db/repositories/calendar-days.ts'
import { insertInvitation } from '#db/repositories/invitations.ts'
import { insertJudge, listJudges } from '#db/repositories/judges.ts'
import { insertOrganisation, insertRole } from '#db/repositories/organisations.ts'
import { findTender } from '#db/repositories/tenders.ts'
import { listSides } from '#db/views/judge-sides.ts'
import { sideOf } from './judge.ts'
import { mustBeByMerit, mustBeJudged } from './own-seat.server.ts'

/**
 * An owner asks a person to judge a tender whose pool is frozen: the bidders are public then, and no plan has been opened.
 * A seat that became free is filled the same way, also later, until the sheets are shown.
 *
 * The person is written down as one who can judge, with a code of their own; the ledger learns the seat alone, and the name as a
 * salted hash, since judges are named to the public only after the award (招标投标法 37).
 *
 * @returns the code to hand over; it is shown once, works once and for seven days
 * Refuses `tenders.no-such-tender`, `changes.suspended`, `merit.not-now`, `merit.seat` at `seat`, `merit.seat-taken` at `seat`; at `judgeName` `merit.same-judge`, and
 * `merit.related-<side>` for whoever stands on one side of the tender by what is on record.
 */
export async function inviteJudge(context: Context, { number, seat, judgeName, judgePhone }: { number: string; seat: number; judgeName: string; judgePhone: string }): Promise<{ invitation: string; expiresAt: Date }> {
  const found = isTenderNumber(number) ? await findTender(context.db, { number }) : undefined
  const invitation = newToken()
  return transact(context.db, async (trx) => {
    const { tender: locked, member } = await lockOwnTender(trx, context, { id: found?.id ?? '', permission: 'invite:judge' })
    const tender = mustBeByMerit(locked)
    const at = await context.clock.read(trx)
    mustBeJudged(tender, at)
    if (tender.judging.revealedAt) throw new Refusal('conflict', 'merit.not-now')
    const { procedure } = tender.publication
    if (seat > procedure.judges) throw new Refusal('invalid', 'merit.seat', { field: 'seat' })
    const judges = await listJudges(trx, tender.id)
    if (judges.some((judge) => judge.seat === seat && !judge.ended)) throw new Refusal('conflict', 'merit.seat-taken', { field: 'seat' })
    if (judges.some(({ name, phone }) => name === judgeName.trim() || phone === judgePhone)) throw new Refusal('conflict', 'merit.same-judge', { field: 'judgeName' })
    const side = sideOf({ name: judgeName, phone: judgePhone }, await listSides(trx, tender, at))
    if (side) throw new Refusal('conflict', `merit.related-${side}`, { field: 'judgeName' })

    const [organisationId, expiresAt] = [newId(), new Date(at.getTime() + INVITATION_LASTS)]
    await insertOrganisation(trx, { id: organisationId, kind: 'natural-person', uscc: null, name: judgeName.trim(), legalRepresentative: null, phone: judgePhone, address: null, divisionCode: tender.divisionCode, registeredAt: at })
    await insertRole(trx, { organisationId, role: 'judge', since: at })
    await insertInvitation(trx, { id: newId(), tokenHash: hashOfToken(invitation), organisationId, role: 'judge', duty: 'manager', invitedBy: member.accountId, displayName: judgeName.trim(), createdAt: at, expiresAt })
    const dueAt = tender.opening ? endOf(at, procedure.scoring, await calendarOf(trx, tender.divisionCode)).at : null
    await insertJudge(trx, { id: newId(), tenderId: tender.id, seat, organisationId, invitedAt: at, invitedBy: member.accountId, dueAt })
    await tell(trx, context, {
      at,
      act: 'invite:judge',
      kind: 'judge.invited',
      subject: number,
      divisionCode: tender.divisionCode,
      facts: { seat },
      concealed: { name: judgeName.trim() },
      event: { type: 'marketplace.judge.invited.v1', data: { tender: number, seat } },
    })
    return { invitation, expiresAt }
  })
}
