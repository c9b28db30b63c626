import { expect } from 'vitest'
import { answerCheck } from '#app/domain/agencies/answer-check.server.ts'
import { changeOffering } from '#app/domain/agencies/change-offering.server.ts'
import { checkAgency } from '#app/domain/agencies/check-agency.server.ts'
import { findMyOfferings } from '#app/domain/agencies/find-my-offerings.server.ts'
import { addPractitioner, dropPractitioner, findMyPractitioners } from '#app/domain/agencies/keep-practitioners.server.ts'
import { addDocument, changeProfile, dropDocument } from '#app/domain/agencies/keep-profile.server.ts'
import { addQualification, dropQualification, renewQualification } from '#app/domain/agencies/keep-qualifications.server.ts'
import { offerService } from '#app/domain/agencies/offer-service.server.ts'
import { showAgency } from '#app/domain/agencies/show-agency.server.ts'
import { showCheck, showQueue } from '#app/domain/agencies/show-check.server.ts'
import { showMyAgency } from '#app/domain/agencies/show-my-agency.server.ts'
import { askEligibility } from '#app/domain/bids/ask-eligibility.server.ts'
import { submitBid } from '#app/domain/bids/submit-bid.server.ts'
import { listQualifications } from '#db/repositories/qualifications.ts'
import { clockAt, test } from '#tests/support/database.ts'
import { agency, operator, owner, regulator, unique } from '#tests/support/factories.ts'
import { aListing, aTender, contextsOf, offering } from '#tests/support/tenders.ts'

const refused = (code: string) => expect.objectContaining({ refusal: true, code })
const certificate = () => ({ kind: 'Q13', grade: '甲级', scope: '工程测量', issuer: '自然资源部', number: unique('甲测'), validUntil: '2026-12-31' })
const person = () => ({ name: '孙七', proof: 'social-insurance' as const, licences: [{ kind: '注册测绘师', number: unique('ZC') }] })
const terms = { conditions: '提供红线图', process: '踏勘、交付', promisedDays: 15, fee: '面议', serviceDivisions: ['220100'] }

test('a qualification is added, renewed and removed, each in the ledger, and shown with its validity', async ({ context, database }) => {
  const member = await agency(database.owner)
  const as = context(member)
  const given = certificate()
  const { qualification, ledger } = await addQualification(as, given)
  await expect(addQualification(as, given)).rejects.toEqual(refused('agencies.qualification-held'))
  await expect(addQualification(as, { ...given, number: 'x', grade: '特级' })).rejects.toEqual(refused('agencies.grade-unknown'))
  expect((await database.owner('ledger_entries').where({ id: ledger.entry }).first()).kind).toBe('agency.qualification-added')
  const { kind: _, ...rest } = given
  const { qualification: renewed } = await renewQualification(as, { ...rest, validUntil: '2031-12-31', qualificationId: qualification.id })
  await expect(renewQualification(as, { ...rest, qualificationId: qualification.id })).rejects.toEqual(refused('agencies.qualification-gone'))
  expect(await listQualifications(as.db, member.organisationId)).toMatchObject([{ id: renewed.id, validUntil: '2031-12-31' }])
  expect(await database.owner('agency_qualifications').where({ id: renewed.id }).first()).toMatchObject({ renews: qualification.id })
  expect((await showAgency(context(), { uscc: member.uscc! })).qualifications).toMatchObject([{ name: '测绘资质', valid: true, requirable: true }])
  const later = { ...context(), clock: clockAt('2032-01-01T09:00') }
  expect((await showAgency(later, { uscc: member.uscc! })).qualifications).toMatchObject([{ valid: false }])
  await expect(dropQualification(context(await agency(database.owner)), { qualificationId: renewed.id })).rejects.toEqual(refused('agencies.qualification-gone'))
  await dropQualification(as, { qualificationId: renewed.id })
  expect(await listQualifications(as.db, member.organisationId)).toEqual([])
  for (const other of [undefined, await owner(database.owner), await operator(database.owner)]) await expect(addQualification(context(other), certificate())).rejects.toMatchObject({ refusal: true })
})

test('a licence works at one agency at a time, also in parallel, and is free once the person leaves', async ({ context, database }) => {
  const [one, two] = [await agency(database.owner), await agency(database.owner)]
  const given = person()
  const both = await Promise.allSettled([one, two].map((member) => addPractitioner(context(member), given)))
  expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
  const [holder, other] = both[0]!.status === 'fulfilled' ? [one, two] : [two, one]
  await expect(addPractitioner(context(other), given)).rejects.toEqual(refused('agencies.practitioner-elsewhere'))
  expect(await findMyPractitioners(context(other))).toEqual([])
  const [held] = await findMyPractitioners(context(holder))
  await expect(dropPractitioner(context(other), { practitionerId: held!.id })).rejects.toEqual(refused('agencies.practitioner-gone'))
  await dropPractitioner(context(holder), { practitionerId: held!.id })
  await addPractitioner(context(other), given)
  const shown = await showAgency(context(), { uscc: other.uscc! })
  expect(shown.licences).toEqual([{ kind: '注册测绘师', people: 1 }])
  expect(JSON.stringify(shown)).not.toContain('孙七')
  const entries = await database.owner('ledger_entries').where({ kind: 'agency.practitioner-added' }).pluck('body')
  expect(entries.join()).not.toContain('孙七')
})

test('a formal check comes after the agency is active, names every reason at once, and stops what is new until it is answered', async ({ context, database }) => {
  const make = contextsOf(context)
  const { number, listing } = await aTender(database, make)
  const member = await offering(database.owner, listing)
  const [as, checker] = [make(member), context(await operator(database.owner))]
  expect((await showQueue(checker, { state: 'unchecked' })).counts.unchecked).toBeGreaterThan(0)
  const bid = await submitBid(as, { number, contribution: '' })
  await checkAgency(checker, { uscc: member.uscc!, verdict: 'returned', reasons: ['licence-missing', 'certificate-missing'], note: '请补传' })
  await expect(checkAgency(checker, { uscc: member.uscc!, verdict: 'passed', reasons: [], note: '' })).rejects.toEqual(refused('agencies.check-closed'))
  expect((await askEligibility(as, { number }))!.reasons).toEqual(['check-returned'])
  await expect(submitBid(as, { number, contribution: '' })).rejects.toEqual(refused('tenders.ineligible-check-returned'))
  const other = await aListing(database.owner)
  await expect(offerService(as, { ...terms, listingCode: other.code })).rejects.toEqual(refused('agencies.returned'))
  expect(await database.owner('bids').where({ id: bid.id }).first()).toMatchObject({ withdrawn_at: null })
  expect(await showMyAgency(as)).toMatchObject({ state: 'returned', checks: [{ reasons: ['licence-missing', 'certificate-missing'], note: '请补传' }] })

  await answerCheck(as, { answer: '已补传执照和证书。' })
  await expect(answerCheck(as, { answer: '再答' })).rejects.toEqual(refused('agencies.nothing-returned'))
  await submitBid(as, { number, contribution: '' })
  await offerService(as, { ...terms, listingCode: other.code })
  expect(await showCheck(checker, { uscc: member.uscc! })).toMatchObject({ checkState: 'answered', checks: [{ answer: '已补传执照和证书。' }] })
  await checkAgency(checker, { uscc: member.uscc!, verdict: 'passed', reasons: [], note: '' })
  expect((await showAgency(context(), { uscc: member.uscc! })).checkState).toBe('passed')
  const told = await database.owner('outbox').where({ subject: member.uscc }).orderBy('id').pluck('type')
  expect(told).toEqual(['marketplace.agency.check-returned.v1', 'marketplace.agency.check-answered.v1', 'marketplace.agency.check-passed.v1'])
  for (const who of [undefined, member, await regulator(database.owner)]) await expect(checkAgency(context(who), { uscc: member.uscc!, verdict: 'passed', reasons: [], note: '' })).rejects.toMatchObject({ refusal: true })
  await expect(checkAgency(checker, { uscc: 'x', verdict: 'passed', reasons: [], note: '' })).rejects.toEqual(refused('agencies.unknown'))
})

test('a certificate that ran out stops new offers and bids of the service that needs it, and a renewal opens them', async ({ context, database }) => {
  const make = contextsOf(context)
  const stage = await aTender(database, make)
  await database.owner('listings').where({ id: stage.listing.id }).update({ category_code: '0301' })
  const member = await offering(database.owner, stage.listing)
  const as = make(member)
  const { qualification } = await addQualification(as, { ...certificate(), validUntil: '2026-01-31' })
  await expect(submitBid(as, { number: stage.number, contribution: '' })).rejects.toEqual(refused('tenders.ineligible-qualification-expired'))
  const other = await aListing(database.owner)
  await database.owner('listings').where({ id: other.id }).update({ category_code: '0301' })
  await expect(offerService(as, { ...terms, listingCode: other.code })).rejects.toEqual(refused('agencies.qualification-expired'))
  const { kind: _, ...rest } = certificate()
  await renewQualification(as, { ...rest, validUntil: '2031-01-31', qualificationId: qualification.id })
  await submitBid(as, { number: stage.number, contribution: '' })
  await offerService(as, { ...terms, listingCode: other.code })
})

test('an offer is changed into a new version, the old one is kept, and the tab that was too late changes nothing', async ({ context, database }) => {
  const listing = await aListing(database.owner)
  const member = await agency(database.owner)
  const { offering: first } = await offerService(context(member), { ...terms, listingCode: listing.code })
  const change = { ...terms, promisedDays: 10, fee: '每件 3000 元', offeringId: first.id }
  const both = await Promise.allSettled([changeOffering(context(member), change), changeOffering(context(member), { ...change, promisedDays: 9 })])
  expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
  const all = await findMyOfferings(context(member), { all: true })
  expect(all.map(({ state }) => state)).toEqual(['standing', 'replaced'])
  expect(all[1]).toMatchObject({ promisedDays: 15, fee: '面议' })
  expect((await showAgency(context(), { uscc: member.uscc! })).offerings).toMatchObject([{ fee: '每件 3000 元' }])
  await expect(changeOffering(context(await agency(database.owner)), { ...change, offeringId: all[0]!.id })).rejects.toEqual(refused('agencies.offering-unknown'))
})

test('papers and the introduction are the agency’s own to change; the ledger has hashes of papers alone', async ({ context, database }) => {
  const member = await agency(database.owner)
  const as = context(member)
  const { id } = await addDocument(as, { kind: 'licence', sha256: 'ab'.repeat(32), name: '张三的执照.pdf', mediaType: 'application/pdf', bytes: 10 })
  await changeProfile(as, { introduction: '䶮水边的测绘院', serviceDivisions: ['220106'] })
  expect((await showAgency(context(), { uscc: member.uscc! })).agency).toMatchObject({ introduction: '䶮水边的测绘院', areas: ['绿园区'] })
  await expect(changeProfile(as, { introduction: '', serviceDivisions: ['999999'] })).rejects.toEqual(refused('agencies.division-unknown'))
  await expect(dropDocument(context(await agency(database.owner)), { documentId: id })).rejects.toEqual(refused('agencies.document-unknown'))
  await dropDocument(as, { documentId: id })
  expect((await showMyAgency(as)).documents).toEqual([])
  expect((await database.owner('ledger_entries').where({ subject: member.uscc }).pluck('body')).join()).not.toContain('张三')
})
