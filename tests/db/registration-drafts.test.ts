import { createHash, randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, mkdtempSync, renameSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect } from 'vitest'
import { STEPS, type Answers } from '#app/domain/agencies/registration.ts'
import { beginRegistration, discardRegistration, findRegistration, saveListed, saveStep, sendRegistration } from '#app/domain/agencies/registration-draft.server.ts'
import { sweepUploads } from '#app/http/sweep-uploads.server.ts'
import { pathOfFile } from '#app/http/upload.server.ts'
import { cleanUp, listReferencedFiles } from '#db/repositories/clean-up.ts'
import { test, type MakeContext } from '#tests/support/database.ts'
import { agency, makeUscc, owner, unique } from '#tests/support/factories.ts'

const refused = (code: string, field?: string) => expect.objectContaining({ refusal: true, code, ...(field && { field }) })
const PASSWORD = '四月的雨落在净月潭边上'
const licence = { kind: 'licence', sha256: 'cd'.repeat(32), name: '执照.pdf', mediaType: 'application/pdf', bytes: 1234 } as const
const answers = () => ({
  organisation: { uscc: makeUscc(), name: unique('长春䶮水工程咨询'), phone: '0431-88880000', address: '长春市绿园区某路 1 号', divisionCode: '220106' },
  account: { displayName: '王经办', signInName: unique('draft').toLowerCase() },
  people: { legalRepresentative: '王𠮷', agentName: null, contactName: '王联络', contactPhone: '13900001111' },
  introduction: { introduction: '', serviceDivisions: ['220106'] },
  commitment: { commitment: 'yes' as const },
})

async function fill(context: MakeContext, given = answers()): Promise<string> {
  const { token } = await beginRegistration(context())
  for (const step of ['organisation', 'people', 'introduction', 'commitment'] as const) await saveStep(context(), token, { step, answer: given[step] as never })
  await saveStep(context(), token, { step: 'account', answer: given.account, password: PASSWORD })
  await saveListed(context(), token, 'documents', { add: licence, done: true })
  await saveListed(context(), token, 'qualifications', { add: { kind: 'Q13', grade: '甲级', scope: '', issuer: '自然资源部', number: unique('甲测'), validUntil: '2030-12-31' }, done: true })
  await saveListed(context(), token, 'practitioners', { add: { name: '孙注册', proof: 'social-insurance', licences: [{ kind: '注册测绘师', number: unique('ZC') }] }, done: true })
  return token
}

test('a registration is saved step by step, sent once however often, and leaves nothing behind but the agency', async ({ context, database }) => {
  const given = answers()
  const token = await fill(context, given)
  const draft = await database.owner('registration_drafts').orderBy('created_at', 'desc').first()
  expect(JSON.stringify(draft)).not.toContain(PASSWORD)
  expect(draft.password_hash).toMatch(/^\$argon2/)
  const sent = await Promise.all([1, 2, 3].map(() => sendRegistration(context(), token, { locale: 'zh' })))
  expect(sent.filter((one) => one === 'sentBefore')).toHaveLength(2)
  const made = sent.find((one) => one !== 'sentBefore')!
  expect(await database.owner('organisations').where({ uscc: given.organisation.uscc })).toHaveLength(1)
  const row = await database.owner('agencies').where({ organisation_id: made.organisationId }).first()
  expect(row).toMatchObject({ contact_name: '王联络', service_divisions: ['220106'], admitted_at: context().clock.now })
  // Seven days from Friday 20 November: the notice runs to the end of Friday 27 November.
  expect(row.notice_ends_at.getTime()).toBeGreaterThan(context().clock.now.getTime())
  expect(await database.owner('agency_qualifications').where({ agency_id: made.organisationId })).toHaveLength(1)
  expect(await database.owner('practitioner_licences as l').join('agency_practitioners as p', 'p.id', 'l.practitioner_id').where({ agency_id: made.organisationId })).toHaveLength(1)
  expect(await database.owner('registration_drafts').where({ id: draft.id }).first()).toMatchObject({ answers: {}, password_hash: null, agency_id: made.organisationId })
  const told = (await database.owner('ledger_entries').pluck('body')).join('\n') + (await database.owner('ledger_payloads').pluck('body')).join('\n') + JSON.stringify(await database.owner('outbox'))
  for (const secret of ['王𠮷', '王联络', '13900001111', '孙注册', PASSWORD]) expect(told).not.toContain(secret)
})

test('two tabs at two steps lose nothing of one another', async ({ context }) => {
  const { token } = await beginRegistration(context())
  const given = answers()
  await Promise.all([saveStep(context(), token, { step: 'people', answer: given.people }), saveStep(context(), token, { step: 'introduction', answer: given.introduction }), saveListed(context(), token, 'documents', { add: licence })])
  const { answers: kept } = (await findRegistration(context(), token))!
  expect(kept).toMatchObject({ people: given.people, introduction: given.introduction, documents: { items: [licence], done: false } })
})

test('what is sent too early, or unknown, or expired is refused', async ({ context, clock }) => {
  const { token } = await beginRegistration(context())
  await expect(sendRegistration(context(), token, { locale: 'zh' })).rejects.toEqual(refused('agencies.registration-incomplete'))
  await expect(sendRegistration(context(), 'x'.repeat(43), { locale: 'zh' })).rejects.toEqual(refused('agencies.registration-unknown'))
  await expect(saveStep(context(), null, { step: 'commitment', answer: { commitment: 'yes' } })).rejects.toEqual(refused('agencies.registration-unknown'))
  clock.advance(40 * 24 * 3_600_000)
  expect(await findRegistration(context(), token)).toBeUndefined()
  expect((await cleanUp(context().db, clock.now)).registrationDrafts).toBeGreaterThan(0)
})

test('what would be refused at the end is said at its step', async ({ context, database }) => {
  const { token } = await beginRegistration(context())
  const given = answers()
  const known = await agency(database.owner)
  await expect(saveStep(context(), token, { step: 'organisation', answer: { ...given.organisation, uscc: known.uscc! } })).rejects.toEqual(refused('accounts.uscc-registered', 'uscc'))
  await expect(saveStep(context(), token, { step: 'organisation', answer: { ...given.organisation, divisionCode: '999999' } })).rejects.toEqual(refused('accounts.division-unknown', 'divisionCode'))
  await expect(saveListed(context(), token, 'qualifications', { add: { kind: 'Q13', grade: '特级', scope: '', issuer: '部', number: '1', validUntil: null } })).rejects.toEqual(refused('agencies.grade-unknown', 'grade'))
  const taken = await fill(context, given)
  await sendRegistration(context(), taken, { locale: 'zh' })
  await expect(saveStep(context(), token, { step: 'account', answer: given.account })).rejects.toEqual(refused('accounts.sign-in-name-taken', 'signInName'))
})

test('two registrations of one agency: the second is told at sending, and its draft is still there', async ({ context }) => {
  const first = answers()
  const [one, two] = [await fill(context, first), await fill(context, { ...answers(), organisation: first.organisation })]
  const sent = await Promise.allSettled([one, two].map((token) => sendRegistration(context(), token, { locale: 'zh' })))
  expect(sent.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
  const lost = [one, two][sent.findIndex(({ status }) => status === 'rejected')]!
  expect(Object.keys((await findRegistration(context(), lost))!.answers as Answers).toSorted()).toEqual([...STEPS].toSorted())
})

test('whoever is signed in finds the draft again without the cookie, and nobody else does', async ({ context, database }) => {
  const member = await owner(database.owner)
  await beginRegistration(context(member))
  expect(await findRegistration(context(member), null)).toBeDefined()
  expect(await findRegistration(context(await owner(database.owner)), null)).toBeUndefined()
  expect(await findRegistration(context(), null)).toBeUndefined()
  await discardRegistration(context(member), null)
  expect(await findRegistration(context(member), null)).toBeUndefined()
})

/** A file in a data folder of its own, last touched so many days before. */
function fileOf(dataDir: string, at: Date, { days }: { days: number }) {
  const bytes = randomBytes(20)
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  const place = pathOfFile(sha256, dataDir)
  mkdirSync(path.dirname(place), { recursive: true })
  writeFileSync(place, bytes)
  const touched = new Date(at.getTime() - days * 24 * 3_600_000)
  utimesSync(place, touched, touched)
  return { place, paper: { ...licence, sha256, bytes: bytes.length } }
}

test('the papers of an expired registration leave the disk with it, and no paper that somebody else shows', async ({ context, clock }) => {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'mingdan-sweep-'))
  const findNamed = (hashes: readonly string[]) => listReferencedFiles(context().db, hashes)
  const [own, shared, fresh] = [fileOf(dataDir, clock.now, { days: 1 }), fileOf(dataDir, clock.now, { days: 1 }), fileOf(dataDir, clock.now, { days: -40 })]
  const { token } = await beginRegistration(context())
  for (const { paper } of [own, shared]) await saveListed(context(), token, 'documents', { add: paper })
  clock.advance(20 * 24 * 3_600_000)
  expect(await sweepUploads({ at: clock.now, dataDir, findNamed })).toBe(0)
  const other = await beginRegistration(context())
  await saveListed(context(), other.token, 'documents', { add: shared.paper })
  clock.advance(20 * 24 * 3_600_000)
  await cleanUp(context().db, clock.now)
  expect(await sweepUploads({ at: clock.now, dataDir, findNamed })).toBe(1)
  expect([own, shared, fresh].map(({ place }) => existsSync(place))).toEqual([false, true, true])
})

test('a sweep that was killed between putting a file aside and deleting it leaves nothing missing that a row names', async ({ context, clock }) => {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'mingdan-sweep-'))
  const findNamed = (hashes: readonly string[]) => listReferencedFiles(context().db, hashes)
  const [named, unnamed] = [fileOf(dataDir, clock.now, { days: 3 }), fileOf(dataDir, clock.now, { days: 3 })]
  const { token } = await beginRegistration(context())
  await saveListed(context(), token, 'documents', { add: named.paper })
  for (const { place } of [named, unnamed]) renameSync(place, `${place}.going`)
  expect(await sweepUploads({ at: clock.now, dataDir, findNamed })).toBe(1)
  expect([named.place, `${named.place}.going`, unnamed.place, `${unnamed.place}.going`].map(existsSync)).toEqual([true, false, false, false])
})
