import { randomUUID } from 'node:crypto'
import { expect } from 'vitest'
import { acceptInvitation } from '#app/domain/accounts/accept-invitation.server.ts'
import { SYSTEM, type Member } from '#app/domain/accounts/actor.ts'
import { admitOffice } from '#app/domain/accounts/admit-office.server.ts'
import { endDelegation } from '#app/domain/accounts/end-delegation.server.ts'
import { INVITATION_LASTS } from '#app/domain/accounts/invitation.ts'
import { inviteDelegate } from '#app/domain/accounts/invite-delegate.server.ts'
import { registerOwner } from '#app/domain/accounts/register-owner.server.ts'
import { showColleagues } from '#app/domain/accounts/show-colleagues.server.ts'
import { signIn } from '#app/domain/accounts/sign-in.server.ts'
import { AgencyForm } from '#app/domain/agencies/agency.ts'
import { registerAgency } from '#app/domain/agencies/register-agency.server.ts'
import { showDocument } from '#app/domain/agencies/show-document.server.ts'
import { takeUpRole } from '#app/domain/agencies/take-up-role.server.ts'
import { test } from '#tests/support/database.ts'
import { CHANGCHUN, agency, makeUscc, naturalPerson, operator, organisation, owner, unique } from '#tests/support/factories.ts'
import { memberBehind } from '#tests/support/session.ts'

const PASSWORD = '四月的雨落在净月潭边上'
const form = () => ({
  uscc: makeUscc(), name: unique('长春䶮水工程咨询'), legalRepresentative: '王𠮷', phone: '0431-88880000', address: '长春市绿园区某路 1 号', divisionCode: CHANGCHUN, introduction: '',
  commitment: 'yes', displayName: '王经办', signInName: unique('wang').toLowerCase(), password: PASSWORD, passwordAgain: PASSWORD,
})
const licence = { sha256: 'ab'.repeat(32), name: '执照.pdf', mediaType: 'application/pdf', bytes: 1234 } as const
const refused = (code: string, field?: string) => expect.objectContaining({ refusal: true, code, ...(field && { field }) })

test('an agency that registers is active at once, and the ledger says which checks were made', async ({ context, database }) => {
  const registered = await registerAgency(context(), { ...AgencyForm.parse(form()), locale: 'zh', licence })
  const row = await database.owner('agencies').where({ organisation_id: registered.organisationId }).first()
  expect(row.admitted_at).toEqual(context().clock.now)
  const entry = await database.owner('ledger_entries').where({ id: registered.ledger.entry }).first()
  expect(entry).toMatchObject({ kind: 'agency.admitted', subject: registered.uscc, division_code: CHANGCHUN })
  expect(JSON.parse(entry.body).facts).toMatchObject({ agency: registered.uscc, checks: ['gb32100-mod31', 'gb11714-mod11', 'commitment-given', 'not-registered-before'], licence: licence.sha256 })
})

test('no person’s name and no telephone of a registration enters the ledger', async ({ context, database }) => {
  await registerAgency(context(), { ...AgencyForm.parse(form()), locale: 'zh' })
  const person = await registerOwner(context(), { kind: 'natural-person', name: '赵某某', phone: '13912345678', divisionCode: CHANGCHUN, signInName: unique('zhao').toLowerCase(), password: PASSWORD, locale: 'zh' })
  const bodies = (await database.owner('ledger_entries').pluck('body')).join('\n') + (await database.owner('ledger_payloads').pluck('body')).join('\n') + JSON.stringify(await database.owner('outbox'))
  for (const secret of ['王𠮷', '王经办', '88880000', '赵某某', '13912345678', PASSWORD]) expect(bodies).not.toContain(secret)
  const entry = await database.owner('ledger_entries').where({ id: person.ledger.entry }).first()
  expect(JSON.parse(entry.body).facts).toEqual({ ownerKind: 'natural-person', ownerName: { concealed: expect.stringMatching(/^[0-9a-f]{64}$/) } })
})

const CLASHES: [what: string, change: (one: ReturnType<typeof form>) => ReturnType<typeof form>, code: string, field: string][] = [
  ['the same code twice', (one) => ({ ...form(), uscc: one.uscc }), 'accounts.uscc-registered', 'uscc'],
  ['the same sign-in name twice', (one) => ({ ...form(), signInName: one.signInName }), 'accounts.sign-in-name-taken', 'signInName'],
  ['a place that does not exist', () => ({ ...form(), divisionCode: '999999' }), 'accounts.division-unknown', 'divisionCode'],
]

for (const [what, change, code, field] of CLASHES) {
  test(`${what} is refused at its field, and nothing is written`, async ({ context, database }) => {
    const first = form()
    await registerAgency(context(), { ...AgencyForm.parse(first), locale: 'zh' })
    const count = () => Promise.all(['organisations', 'accounts', 'agencies', 'ledger_entries', 'audits', 'outbox'].map((table) => database.owner(table).count()))
    const before = await count()
    await expect(registerAgency(context(), { ...AgencyForm.parse(change(first)), locale: 'zh' })).rejects.toEqual(refused(code, field))
    expect(await count()).toEqual(before)
  })
}

test.each([
  [{ uscc: '123456789012345678' }, 'uscc', 'accounts.uscc-organisation-check'],
  [{ commitment: '' }, 'commitment', 'agencies.commitment'],
  [{ commitment: undefined }, 'commitment', 'agencies.commitment'],
  [{ name: '公司😀' }, 'name', 'accounts.text-pictures'],
  [{ passwordAgain: 'x' }, 'passwordAgain', 'accounts.password-again'],
  [{ password: 'short' }, 'password', 'accounts.password-short'],
])('the form with %j says at %s: %s', (change, field, message) => {
  const issues = AgencyForm.safeParse({ ...form(), ...change }).error?.issues ?? []
  expect(issues.map((issue) => [issue.path.join('.'), issue.message])).toContainEqual([field, message])
})

test('two registrations of one code at the same moment: one is made', async ({ context }) => {
  const uscc = makeUscc()
  const results = await Promise.allSettled([1, 2, 3].map(() => registerAgency(context(), { ...AgencyForm.parse({ ...form(), uscc }), locale: 'zh' })))
  expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  for (const result of results) if (result.status === 'rejected') expect(result.reason).toEqual(refused('accounts.uscc-registered'))
})

test('the licence is shown to its agency, the operator and the regulator, and is 404 to others', async ({ context, database }) => {
  const { organisationId, accountId, uscc } = await registerAgency(context(), { ...AgencyForm.parse(form()), locale: 'zh', licence })
  const { id } = await database.owner('agency_documents').where({ agency_id: organisationId }).first()
  const own: Member = { kind: 'member', accountId, displayName: '', organisationId, organisationName: '', uscc, divisionCode: CHANGCHUN, role: 'agency', duty: 'manager' }
  expect(await showDocument(context(own), { id })).toMatchObject({ name: '执照.pdf' })
  expect(await showDocument(context(await operator(database.owner)), { id })).toMatchObject({ sha256: licence.sha256 })
  for (const other of [undefined, await agency(database.owner), await owner(database.owner)]) await expect(showDocument(context(other), { id })).rejects.toEqual(refused('agencies.document-unknown'))
  for (const wrong of [randomUUID(), 'x', '../..']) await expect(showDocument(context(own), { id: wrong })).rejects.toEqual(refused('agencies.document-unknown'))
})

test('an owner becomes an agency too, once, by its manager, and offices cannot', async ({ context, database }) => {
  const manager = await owner(database.owner)
  await takeUpRole(context(manager), { role: 'agency' })
  expect(await database.owner('agencies').where({ organisation_id: manager.organisationId }).first()).toMatchObject({ expelled_at: null })
  await expect(takeUpRole(context(manager), { role: 'agency' })).rejects.toEqual(refused('agencies.role-held'))
  await expect(takeUpRole(context(manager), { role: 'owner' })).rejects.toEqual(refused('agencies.role-held'))
  const { token, choices } = await signIn(context(), { provider: { name: 'test', identify: async () => manager.accountId }, proof: {}, ip: '192.0.2.79', userAgent: '', formerToken: null })
  expect(choices).toBe(2)
  expect(await memberBehind(context(), token)).toBeNull()
  await expect(takeUpRole(context(await owner(database.owner, { duty: 'delegate' })), { role: 'agency' })).rejects.toEqual(refused('accounts.not-allowed'))
  await expect(takeUpRole(context(await operator(database.owner)), { role: 'agency' })).rejects.toEqual(refused('agencies.role-not-open'))
  await expect(takeUpRole(context(await naturalPerson(database.owner)), { role: 'agency' })).rejects.toEqual(refused('agencies.role-not-open'))
})

test('only the system gives an office its place', async ({ context, database }) => {
  const office = { role: 'regulator', uscc: makeUscc(), name: '长春市政务服务局', divisionCode: CHANGCHUN, manager: { displayName: '周科长', signInName: unique('zhou').toLowerCase(), password: PASSWORD } } as const
  for (const actor of [undefined, await operator(database.owner), await organisation(database.owner, { role: 'regulator' })]) await expect(admitOffice(context(actor), office)).rejects.toEqual(refused('accounts.not-allowed'))
  const { accountId } = await admitOffice(context(SYSTEM), office)
  const { token } = await signIn(context(), { provider: { name: 'test', identify: async () => accountId }, proof: {}, ip: '192.0.2.77', userAgent: '', formerToken: null })
  expect(await memberBehind(context(), token)).toMatchObject({ role: 'regulator', duty: 'manager', uscc: office.uscc })
})

test('a manager invites a delegate, who acts for the organisation until the manager ends it', async ({ context, database }) => {
  const manager = await owner(database.owner)
  const { invitation } = await inviteDelegate(context(manager), { displayName: '小林' })
  const person = () => ({ invitation, displayName: '小林', signInName: unique('xiaolin').toLowerCase(), password: PASSWORD, locale: 'zh' as const, ip: '192.0.2.1' })
  expect((await showColleagues(context(manager))).invitations.map((one) => one.displayName)).toEqual(['小林'])
  const { accountId } = await acceptInvitation(context(), person())
  await expect(acceptInvitation(context(), person())).rejects.toEqual(refused('accounts.invitation-unknown', 'invitation'))

  const { token } = await signIn(context(), { provider: { name: 'test', identify: async () => accountId }, proof: {}, ip: '192.0.2.78', userAgent: '', formerToken: null })
  const delegate = (await memberBehind(context(), token))!
  expect(delegate).toMatchObject({ organisationId: manager.organisationId, role: 'owner', duty: 'delegate' })
  await expect(inviteDelegate(context(delegate), { displayName: '又一位' })).rejects.toEqual(refused('accounts.not-allowed'))

  const stranger = await owner(database.owner)
  await expect(endDelegation(context(stranger), { accountId })).rejects.toEqual(refused('accounts.delegate-unknown'))
  await expect(endDelegation(context(manager), { accountId: manager.accountId })).rejects.toEqual(refused('accounts.delegate-unknown'))
  await endDelegation(context(manager), { accountId })
  expect(await memberBehind(context(), token)).toBeNull()
})

test('an invitation expires, and guessing one is throttled', async ({ context, clock, database }) => {
  const { invitation } = await inviteDelegate(context(await owner(database.owner)), { displayName: '小林' })
  clock.advance(INVITATION_LASTS)
  const attempt = (code: string) => acceptInvitation(context(), { invitation: code, displayName: '小林', signInName: unique('x').toLowerCase(), password: PASSWORD, locale: 'zh', ip: '192.0.2.200' })
  await expect(attempt(invitation)).rejects.toEqual(refused('accounts.invitation-unknown'))
  for (let i = 1; i < 20; i++) await expect(attempt('x'.repeat(43))).rejects.toEqual(refused('accounts.invitation-unknown'))
  await expect(attempt('x'.repeat(43))).rejects.toEqual(refused('accounts.too-many'))
})
