import type { Member } from '#app/domain/accounts/actor.ts'
import { SYSTEM } from '#app/domain/accounts/actor.ts'
import { dayOf, endOf } from '#app/domain/calendar.ts'
import { confirmContract } from '#app/domain/contracts/answer-contract.server.ts'
import { acceptResult, acceptSilently, returnResult } from '#app/domain/contracts/answer-result.server.ts'
import { standingContract, type AfterAward } from '#app/domain/contracts/after-award.ts'
import { deliverResult } from '#app/domain/contracts/deliver-result.server.ts'
import { standingOf } from '#app/domain/contracts/deliverable.ts'
import { fileContract } from '#app/domain/contracts/file-contract.server.ts'
import { findAfterAward } from '#db/views/after-award.ts'
import { samplePaper } from '../sample-papers.ts'
import { diceFor, type Dice } from './dice.ts'
import { byDay, type Stage } from './stage.ts'

const DAY = 86_400_000

/** Owners who return a result say everything that is wrong with it. */
const REASONS = [
  '一、第三章缺少现场踏勘记录；二、附图未加盖执业印章；三、结论与第四章的数据不一致。',
  '一、监测点位少于合同约定；二、引用的标准已经废止，请改用现行标准；三、电子文件缺图层说明。',
  '一、工程量清单与图纸不符，共三处，已在稿中标注；二、未附质量保证书。',
]
const RECEIPT = '移交清单第 7 号，业主资料室签收，当日归档。'
/** What is not put on a wire: coordinates and geological data of a survey. */
const SECRET = /测绘|勘测定界/

/**
 * What follows a binding award: the contract of both sides and the result, most of them in good time, some returned once, a few
 * late or silent. Every scene looks at what is so first: an interrupted telling goes on where it was.
 */
export function planService(stage: Stage, id: string, boundAt: Date): void {
  const dice = diceFor(`service/${id}`)
  const scene = (step: string, at: Date, play: (award: AfterAward, sides: { owner: Member; agency: Member }) => Promise<void>) =>
    stage.plan(`service/${id}/${step}`, at, async () => {
      const award = await findAfterAward(stage.db, { id, at })
      const sides = award && sidesOf(stage, award)
      if (sides) await play(award, sides)
    })
  // Somebody always forgets: such an award stands on two desks as overdue.
  const filedAt = later(boundAt, dice, dice.next() < 0.05 ? [24, 60] : [1, 8])
  const isByAgency = dice.next() < 0.6
  scene('file', filedAt, async (award, { agency, owner }) => {
    if (standingContract(award)) return
    const [by, most] = [isByAgency ? agency : owner, award.awardedFen ?? award.tender.ceilingFen]
    await stage.act(`service/${id}/file`, by, (context) => fileContract(context, { number: award.tender.number, amountFen: most, serviceDays: award.tender.serviceDays, signedOn: dayOf(filedAt), document: samplePaper('contract', '示例合同.pdf') }))
  })
  const confirmedAt = later(filedAt, dice, [1, 4])
  scene('confirm', confirmedAt, async (award, sides) => {
    const contract = standingContract(award)
    if (!contract) return
    if (!contract.confirmedAt) await stage.act(`service/${id}/confirm`, contract.filedBy === 'owner' ? sides.agency : sides.owner, (context) => confirmContract(context, { number: award.tender.number, id: contract.id }))
    planRounds(stage, id, { award, scene, dice, from: confirmedAt })
  })
}

type Scene = (step: string, at: Date, play: (award: AfterAward, sides: { owner: Member; agency: Member }) => Promise<void>) => void

function planRounds(stage: Stage, id: string, { award: { tender, listing }, scene, dice, from }: { award: AfterAward; scene: Scene; dice: Dice; from: Date }): void {
  const { number } = tender
  const isReturned = dice.next() < 0.2
  const isSilent = dice.next() < 0.06
  const reasons = dice.pick(REASONS)
  const name = `${tender.title}${listing.name}成果`.slice(0, 100)
  const isPaper = SECRET.test(listing.name)
  const deliver = (step: string, at: Date) =>
    scene(step, at, async (award, { agency }) => {
      if (standingOf(award.deliverables, at).state !== 'due') return
      await stage.act(`service/${id}/${step}`, agency, (context) => deliverResult(context, { number, name, document: isPaper ? null : samplePaper('result', '示例成果.pdf'), handover: isPaper ? RECEIPT : null }))
    })
  const answer = (step: string, at: Date, returned: boolean) =>
    scene(step, at, async (award, { owner }) => {
      const { state, last } = standingOf(award.deliverables, at)
      if (state !== 'waiting' || !last) return
      await stage.act(`service/${id}/${step}`, owner, (context) => (returned ? returnResult(context, { number, id: last.id, reasons, unmet: '' }) : acceptResult(context, { number, id: last.id })))
    })
  const days = Math.max(1, tender.serviceDays)
  const first = later(from, dice, [Math.ceil(days * 0.4), Math.max(Math.ceil(days * 0.4), Math.ceil(days * (dice.next() < 0.1 ? 1.3 : 0.9)))])
  deliver('deliver', first)
  if (isSilent) {
    // The policy's ten working days, and what an owner's silence means.
    scene('silence', new Date(endOf(first, { n: 10, unit: 'wd' }).at.getTime() + 60_000), () => stage.tick(`service/${id}/silence`, SYSTEM, (context) => acceptSilently(context, { tenderId: id })).then(() => {}))
    return
  }
  const answered = later(first, dice, [1, 9])
  answer('answer', answered, isReturned)
  if (!isReturned) return
  const mended = later(answered, dice, [2, 6])
  deliver('mend', mended)
  answer('accept', later(mended, dice, [1, 5]), false)
}

/** By day, so many days later. */
function later(from: Date, dice: Dice, [least, most]: [number, number]): Date {
  const at = new Date(from.getTime() + dice.between(least, most) * DAY)
  return byDay(at, dice, { from, until: new Date(at.getTime() + DAY) })
}

function sidesOf({ cast }: Stage, { owner, agency }: AfterAward): { owner: Member; agency: Member } | null {
  const memberOf = (organisationId: string, roles: readonly string[]) => [...cast.values()].find((one) => one.organisationId === organisationId && one.duty === 'manager' && roles.includes(one.role))
  const [buyer, seller] = [memberOf(owner.id, ['owner', 'authority']), memberOf(agency.id, ['agency'])]
  return buyer && seller ? { owner: buyer, agency: seller } : null
}
