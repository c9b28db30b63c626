import { expect } from 'vitest'
import { SYSTEM } from '#app/domain/accounts/actor.ts'
import { addPractitioner, dropPractitioner } from '#app/domain/agencies/keep-practitioners.server.ts'
import { addQualification, dropQualification } from '#app/domain/agencies/keep-qualifications.server.ts'
import { attendTender } from '#app/domain/awards/attend-tender.server.ts'
import { askEligibility } from '#app/domain/bids/ask-eligibility.server.ts'
import { closeTender } from '#app/domain/bids/close-tender.server.ts'
import { submitBid } from '#app/domain/bids/submit-bid.server.ts'
import { dayOf } from '#app/domain/calendar.ts'
import { draftTender } from '#app/domain/tenders/draft-tender.server.ts'
import { publishTender } from '#app/domain/tenders/publish-tender.server.ts'
import { reviseDraft } from '#app/domain/tenders/revise-draft.server.ts'
import { findVerdicts } from '#db/repositories/tender-closings.ts'
import { testApart as test, type TestDatabase } from '#tests/support/database.ts'
import * as make from '#tests/support/factories.ts'
import { aListing, aTender, contextsOf, offering, sequencerOf } from '#tests/support/tenders.ts'

const refused = (code: string) => expect.objectContaining({ refusal: true, code })
const paper = { scope: '', issuer: '吉林省自然资源厅', validUntil: null }

/** A draft that asks for the second grade of a statutory kind, and for one licensed person. */
async function drafted(database: TestDatabase, people: ReturnType<typeof contextsOf>, at: Date) {
  const db = database.owner
  const kind = (await db('qualification_kinds').where({ admission: 'statutory' }).whereRaw('cardinality(grades) = 2 and cardinality(practitioners) > 0').orderBy('code').first<{ code: string; grades: string[]; practitioners: string[] }>())!
  const [owner, listing] = [await make.owner(db, { at }), await aListing(db)]
  const { code } = await make.project(db, owner)
  const whole = { projectCode: code, listingCode: listing.code, method: 'random' as const, title: '有条件的采购', requirements: '按规范完成，成果两份。', serviceDays: 10, ceiling: 50_000_00, qualification1: `${kind.code}|${kind.grades[1]}`, practitionerLicence: kind.practitioners[0]!, practitionersLeast: 1 }
  const draft = await draftTender(people(owner), whole)
  return { kind, owner, listing, draft, whole }
}

test('what a tender asks for is part of what it publishes, and is asked at the bid, at the close and at the award', async ({ context, database, clock }) => {
  const people = contextsOf(context)
  const { kind, owner, listing, draft } = await drafted(database, people, clock.now)
  const tender = await publishTender(people(owner), { id: draft.id })
  const number = tender.publication!.number
  const entry = await database.owner('ledger_entries').where({ kind: 'tender.published', subject: number }).first<{ body: string }>()
  expect(JSON.parse(entry!.body).facts.conditions).toMatchObject({ need: 'all', of: [{ kind: kind.code, gradeAtLeast: kind.grades[1] }], practitioners: { least: 1 } })

  const members = await Promise.all(Array.from({ length: 4 }, () => offering(database.owner, listing)))
  const held = new Map<string, { qualification: string; practitioner: string }>()
  for (const [place, member] of members.entries()) {
    await expect(submitBid(people(member), { number, contribution: '' })).rejects.toEqual(refused('tenders.ineligible-asked-qualification'))
    const { qualification } = await addQualification(people(member), { ...paper, kind: kind.code, grade: kind.grades[0]!, number: `甲 ${place}` })
    await expect(submitBid(people(member), { number, contribution: '' })).rejects.toEqual(refused('tenders.ineligible-asked-practitioners'))
    expect((await askEligibility(people(member), { number }))?.reasons).toEqual(['asked-practitioners'])
    const { practitionerId } = await addPractitioner(people(member), { name: '王一', proof: 'social-insurance', licences: [{ kind: kind.practitioners[0]!, number: `吉 ${place}` }] })
    expect((await askEligibility(people(member), { number }))?.reasons).toEqual([])
    await submitBid(people(member), { number, contribution: '' })
    held.set(member.organisationId, { qualification: qualification.id, practitioner: practitionerId })
  }
  // One loses its certificate before the close, one its only person; their bids stay on file, excluded with the reason.
  await dropQualification(people(members[0]!), { qualificationId: held.get(members[0]!.organisationId)!.qualification })
  await dropPractitioner(people(members[1]!), { practitionerId: held.get(members[1]!.organisationId)!.practitioner })
  clock.set(tender.publication!.closesAt)
  const closed = await closeTender({ ...people(owner), actor: SYSTEM }, { id: tender.id })
  expect(closed.closing).toMatchObject({ outcome: 'to-draw', eligible: 2, excluded: 2 })
  expect((await findVerdicts(database.owner, tender.id)).flatMap(({ reasons }) => reasons).sort()).toEqual(['asked-practitioners', 'asked-qualification'])

  // Nobody who lost it after the close is awarded.
  for (const member of members.slice(2)) await dropQualification(people(member), { qualificationId: held.get(member.organisationId)!.qualification })
  await attendTender(people(owner), { id: tender.id })
  await sequencerOf(database)()
  clock.set(tender.publication!.drawsAfter!)
  await attendTender(people(owner), { id: tender.id })
  expect(await database.owner('awards').where({ tender_id: tender.id })).toEqual([])
  const failed = await database.owner('ledger_entries').where({ kind: 'tender.failed', subject: number }).first<{ body: string }>()
  expect(JSON.parse(failed!.body).facts).toMatchObject({ outcome: 'nobody-eligible', passedOver: 2 })
})

test('what the law asks of the service, and where it is served, is asked at the close and at the award again', async ({ context, database, clock }) => {
  const people = contextsOf(context)
  const db = database.owner
  const stage = await aTender(database, people, { categoryCode: '0301' })
  const members = await Promise.all(Array.from({ length: 4 }, () => offering(db, stage.listing)))
  const until = async (place: number, day: string) => db('agency_qualifications').where({ agency_id: members[place]!.organisationId }).update({ valid_until: day })
  for (const [place, member] of members.entries()) {
    await addQualification(people(member), { ...paper, kind: 'Q13', grade: '甲级', number: `测 ${place}`, validUntil: '2031-12-31' })
    await submitBid(people(member), { number: stage.number, contribution: '' })
  }
  const { closesAt, drawsAfter } = stage.tender.publication
  // One certificate ends on the day of the bids; one agency serves another county alone by the close.
  const bidOn = dayOf(clock.now)
  await until(0, bidOn)
  await db('offerings').where({ agency_id: members[1]!.organisationId }).update({ service_divisions: ['220200'] })
  clock.set(closesAt)
  await attendTender(people(stage.owner), { id: stage.tender.id })
  expect((await findVerdicts(db, stage.tender.id)).map(({ reasons }) => reasons)).toEqual([['qualification-expired'], ['area-not-served'], [], []])
  // Whoever was put out reads why, and the public pool has the reason.
  expect((await askEligibility(people(members[0]!), { number: stage.number }))!.out).toEqual({ at: 'close', reasons: ['qualification-expired'] })
  expect((await askEligibility(people(members[3]!), { number: stage.number }))!.out).toBeNull()
  expect(JSON.stringify(await db('draw_pools').where({ tender_id: stage.tender.id }).pluck('leaves'))).toContain('qualification-expired')

  // The division comes to want one on record; one of the two that are left lets its own be struck off, and the other one's turns out to have ended.
  await sequencerOf(database)()
  await db('policy_parameters').insert({ division_code: '220100', name: 'offeringQualification', value: JSON.stringify('recorded'), source: 'test', from_on: '2026-01-01' })
  await until(2, bidOn)
  await db('agency_qualifications').where({ agency_id: members[3]!.organisationId }).update({ removed_at: clock.now })
  clock.set(drawsAfter)
  await attendTender(people(stage.owner), { id: stage.tender.id })
  expect(await db('awards').where({ tender_id: stage.tender.id })).toEqual([])
  const [check] = await db('award_checks').where({ tender_id: stage.tender.id })
  expect(check.passed_over.map(({ label, reasons }: { label: string; reasons: string[] }) => [label, ...reasons]).sort()).toEqual([[members[2]!.uscc, 'qualification-expired'], [members[3]!.uscc, 'qualification-missing']].sort())
  expect((await askEligibility(people(members[3]!), { number: stage.number }))!.out).toEqual({ at: 'award', reasons: ['qualification-missing'] })
})

test('a draft asks only for what a law still lets one require, when it is saved and when it is published', async ({ context, database, clock }) => {
  const people = contextsOf(context)
  const { kind, owner, draft, whole } = await drafted(database, people, clock.now)
  const abolished = (await database.owner('qualification_kinds').where({ admission: 'abolished' }).orderBy('code').first<{ code: string }>())!
  await expect(reviseDraft(people(owner), { id: draft.id, version: 1, draft: { ...whole, qualification2: `${abolished.code}|` } })).rejects.toMatchObject({ code: 'agencies.qualification-abolished', field: 'qualification2' })
  await database.owner('qualification_kinds').where({ code: kind.code }).update({ admission: 'abolished' })
  await expect(publishTender(people(owner), { id: draft.id })).rejects.toEqual(refused('agencies.qualification-abolished'))
})
