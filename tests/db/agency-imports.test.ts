import { randomUUID } from 'node:crypto'
import { expect } from 'vitest'
import { acceptInvitation } from '#app/domain/accounts/accept-invitation.server.ts'
import { signIn } from '#app/domain/accounts/sign-in.server.ts'
import type { RawAgency } from '#app/domain/agencies/agency-import.ts'
import { exportAgencies } from '#app/domain/agencies/export-agencies.server.ts'
import { confirmImport, findImports, prepareImport, showImport } from '#app/domain/agencies/import-agencies.server.ts'
import { inviteAgencyManager } from '#app/domain/agencies/invite-agency-manager.server.ts'
import { commitAgency } from '#app/domain/agencies/keep-profile.server.ts'
import { offerService } from '#app/domain/agencies/offer-service.server.ts'
import { showAgency } from '#app/domain/agencies/show-agency.server.ts'
import { test, testApart } from '#tests/support/database.ts'
import { agency, makeUscc, operator, regulator, unique } from '#tests/support/factories.ts'
import { memberBehind } from '#tests/support/session.ts'
import { aListing } from '#tests/support/tenders.ts'

const refused = (code: string) => expect.objectContaining({ refusal: true, code })
const file = (rows: RawAgency[]) => ({ fileName: '名录.xlsx', sha256: 'ef'.repeat(32), rows })
const row = (n: number, fields: Record<string, string> = {}): RawAgency => ({ row: n, fields: { uscc: makeUscc(), name: unique('长春某测绘院'), divisionCode: '220106', phone: '0431-80000000', ...fields }, qualifications: [{ row: n, fields: { kind: '测绘资质', grade: '乙级', issuer: '省自然资源厅', number: unique('乙测'), validUntil: '2029-06-30' } }] })
const terms = { conditions: '提供红线图', process: '踏勘、交付', promisedDays: 15, fee: '面议', serviceDivisions: ['220100'] }
const PASSWORD = '四月的雨落在净月潭边上'

test('a register is judged first, imported once, and skips who registered meanwhile', async ({ context, database }) => {
  const as = context(await operator(database.owner))
  const rows = [row(2), row(3), row(4, { uscc: '123456789012345678' }), row(5)]
  const before = await database.owner('organisations').count()
  const { importId, report } = await prepareImport(as, file(rows))
  expect(report.rows.map(({ outcome }) => outcome)).toEqual(['new', 'new', 'refused', 'new'])
  expect(await database.owner('organisations').count()).toEqual(before)
  await agency(database.owner, { uscc: rows[1]!.fields.uscc! })
  const both = await Promise.allSettled([confirmImport(as, { importId }), confirmImport(as, { importId })])
  expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
  const { report: done, confirmedAt } = await showImport(as, { importId })
  expect(confirmedAt).not.toBeNull()
  expect(done.rows.map(({ outcome }) => outcome)).toEqual(['imported', 'duplicate', 'refused', 'imported'])
  const shown = await showAgency(context(), { uscc: rows[0]!.fields.uscc! })
  expect(shown).toMatchObject({ state: 'unclaimed', checkState: 'unchecked', qualifications: [{ name: '测绘资质', grade: '乙级', valid: true }] })
  expect((await findImports(as))[0]).toMatchObject({ id: importId, rows: 4 })
})

test('only an operator who manages imports; what is unknown, empty or too large is refused', async ({ context, database }) => {
  for (const who of [undefined, await agency(database.owner), await regulator(database.owner), await operator(database.owner, { duty: 'delegate' })]) await expect(prepareImport(context(who), file([row(2)]))).rejects.toMatchObject({ refusal: true })
  const as = context(await operator(database.owner))
  await expect(prepareImport(as, file([]))).rejects.toEqual(refused('agencies.import-empty'))
  await expect(prepareImport(as, file(Array.from({ length: 1001 }, (_, n) => row(n))))).rejects.toEqual(refused('agencies.import-large'))
  for (const importId of [randomUUID(), 'x']) await expect(confirmImport(as, { importId })).rejects.toEqual(refused('agencies.import-unknown'))
})

test('a file of which nothing can be imported is not confirmed, and leaves no word in the ledger', async ({ context, database }) => {
  const as = context(await operator(database.owner))
  const known = await agency(database.owner)
  const { importId } = await prepareImport(as, file([row(2, { uscc: '123456789012345678' }), row(3, { uscc: known.uscc! })]))
  await expect(confirmImport(as, { importId })).rejects.toEqual(refused('agencies.import-nothing'))
  expect((await showImport(as, { importId })).confirmedAt).toBeNull()
  expect(await database.owner('ledger_entries').where({ subject: importId })).toEqual([])
})

test('an imported agency offers nothing until its manager claims it by the invitation and commits', async ({ context, database }) => {
  const as = context(await operator(database.owner))
  const rows = [row(2)]
  await confirmImport(as, await prepareImport(as, file(rows)))
  const { uscc } = rows[0]!.fields as { uscc: string }
  const { invitation } = await inviteAgencyManager(as, { uscc, displayName: '周院长' })
  const { accountId } = await acceptInvitation(context(), { invitation, displayName: '周院长', signInName: unique('zhou').toLowerCase(), password: PASSWORD, locale: 'zh', ip: '192.0.2.33' })
  const { token } = await signIn(context(), { provider: { name: 'test', identify: async () => accountId }, proof: {}, ip: '192.0.2.34', userAgent: '', formerToken: null })
  const manager = (await memberBehind(context(), token))!
  expect(manager).toMatchObject({ role: 'agency', duty: 'manager', uscc })
  await expect(inviteAgencyManager(as, { uscc, displayName: '又一位' })).rejects.toEqual(refused('agencies.managed'))
  const listing = await aListing(database.owner)
  await expect(offerService(context(manager), { ...terms, listingCode: listing.code })).rejects.toEqual(refused('agencies.not-committed'))
  await commitAgency(context(manager))
  await expect(commitAgency(context(manager))).rejects.toEqual(refused('agencies.committed-already'))
  await offerService(context(manager), { ...terms, listingCode: listing.code })
  expect((await showAgency(context(), { uscc })).state).toBe('noticed')
  await expect(inviteAgencyManager(context(manager), { uscc, displayName: '自己' })).rejects.toEqual(refused('accounts.not-allowed'))
})

testApart('the whole register comes out in parts, in the order of codes, and never with a person', async ({ context, database }) => {
  const as = context(await operator(database.owner))
  const rows = Array.from({ length: 210 }, (_, n) => row(n + 2, { legalRepresentative: '不能出门' }))
  await confirmImport(as, await prepareImport(as, file(rows)))
  const parts: { uscc: string }[][] = []
  for await (const part of exportAgencies(context())) parts.push(part)
  expect(parts.map(({ length }) => length)).toEqual([200, 10])
  const codes = parts.flat().map(({ uscc }) => uscc)
  expect(codes).toEqual([...codes].sort())
  expect(JSON.stringify(parts)).not.toContain('不能出门')
})
