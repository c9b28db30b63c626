import { randomUUID } from 'node:crypto'
import { verify } from '@node-rs/argon2'
import { expect, vi } from 'vitest'
import { changePassword } from '#app/domain/accounts/change-password.server.ts'
import { chooseMembership } from '#app/domain/accounts/choose-membership.server.ts'
import { demoAccounts, demoPeople } from '#app/domain/accounts/demo-people.server.ts'
import { findSession } from '#app/domain/accounts/find-session.server.ts'
import { localAccounts } from '#app/domain/accounts/local-accounts.server.ts'
import { hashPassword } from '#app/domain/accounts/password.server.ts'
import { registerOwner } from '#app/domain/accounts/register-owner.server.ts'
import { revokeOtherSessions } from '#app/domain/accounts/revoke-other-sessions.server.ts'
import { revokeSession } from '#app/domain/accounts/revoke-session.server.ts'
import { rotateSession } from '#app/domain/accounts/rotate-session.server.ts'
import { SESSION_TIMES } from '#app/domain/accounts/session.ts'
import { showSessions } from '#app/domain/accounts/show-sessions.server.ts'
import { signIn } from '#app/domain/accounts/sign-in.server.ts'
import { signOut } from '#app/domain/accounts/sign-out.server.ts'
import { LIMITS } from '#app/domain/accounts/throttle.server.ts'
import { test, type TestContext } from '#tests/support/database.ts'
import { CHANGCHUN, makeUscc, organisation, unique } from '#tests/support/factories.ts'
import { memberBehind } from '#tests/support/session.ts'

vi.mock('@node-rs/argon2', async (original) => {
  const argon2 = await original<typeof import('@node-rs/argon2')>()
  return { ...argon2, verify: vi.fn(argon2.verify) }
})

const PASSWORD = '四月的雨落在净月潭边上'
const refused = (code: string, kind?: string) => expect.objectContaining({ refusal: true, code, ...(kind && { kind }) })
let address = 0
const freshIp = () => `198.51.${Math.floor(++address / 250)}.${address % 250}`

async function registered(context: TestContext, signInName = unique('lin').toLowerCase()) {
  const owner = await registerOwner(context, {
    kind: 'organisation', uscc: makeUscc(), name: '某某学校', legalRepresentative: '林某', phone: '13800138000', address: '长春市绿园区某路 1 号', divisionCode: CHANGCHUN,
    displayName: '林经理', signInName, password: PASSWORD, locale: 'zh',
  })
  return { ...owner, signInName }
}

function signInAs(context: TestContext, signInName: string, { password = PASSWORD, ip = freshIp(), formerToken = null }: { password?: string; ip?: string; formerToken?: string | null } = {}) {
  return signIn(context, { provider: localAccounts, proof: { signInName, password }, ip, userAgent: 'Firefox', formerToken })
}

test('whoever signs in acts for the one organisation they belong to', async ({ context }) => {
  const { signInName, organisationId } = await registered(context())
  const { token, choices } = await signInAs(context(), signInName)
  expect(token).toMatch(/^[A-Za-z0-9_-]{43}$/)
  expect(choices).toBe(1)
  expect(await memberBehind(context(), token)).toMatchObject({ kind: 'member', organisationId, role: 'owner', duty: 'manager', displayName: '林经理' })
})

test('the database holds neither the token nor the password', async ({ context, database }) => {
  const { signInName } = await registered(context())
  const { token } = await signInAs(context(), signInName)
  const dump = JSON.stringify([await database.owner('sessions'), await database.owner('credentials'), await database.owner('rate_limits'), await database.owner('audits')])
  expect(dump).not.toContain(token)
  expect(dump).not.toContain(Buffer.from(token).toString('hex'))
  expect(dump).not.toContain(PASSWORD)
  expect(dump).toContain('$argon2id$v=19$m=19456,t=2,p=1$')
})

test('a wrong password and an unknown name are told the same, and cost one hash each', async ({ context }) => {
  const { signInName } = await registered(context())
  for (const name of [signInName, unique('nobody').toLowerCase()]) {
    vi.mocked(verify).mockClear()
    await expect(signInAs(context(), name, { password: 'wrong password' })).rejects.toEqual(refused('accounts.sign-in-wrong', 'invalid'))
    expect(verify, name).toHaveBeenCalledTimes(1)
    // The parameters stand in the hash, and they are what a check costs.
    expect(vi.mocked(verify).mock.calls[0]![0].toString()).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
  }
})

test('a name is guessed at only so often, from however many places', async ({ context }) => {
  const { signInName } = await registered(context())
  for (let i = 0; i < LIMITS['sign-in-name'].points; i++) await expect(signInAs(context(), signInName, { password: 'wrong' })).rejects.toEqual(refused('accounts.sign-in-wrong'))
  await expect(signInAs(context(), signInName)).rejects.toMatchObject({ kind: 'throttled', code: 'accounts.too-many', params: { minutes: 15 } })
})

test('an address guesses only so many names', async ({ context }) => {
  const ip = freshIp()
  const none = { name: 'test', identify: async () => null }
  for (let i = 0; i < LIMITS['sign-in-address'].points; i++) {
    await expect(signIn(context(), { provider: none, proof: { signInName: unique('guess') }, ip, userAgent: '', formerToken: null })).rejects.toEqual(refused('accounts.sign-in-wrong'))
  }
  await expect(signIn(context(), { provider: none, proof: { signInName: unique('guess') }, ip, userAgent: '', formerToken: null })).rejects.toEqual(refused('accounts.too-many', 'throttled'))
})

test('an office behind one address signs in as often as it likes', async ({ context, database }) => {
  const ip = freshIp()
  const member = await organisation(database.owner, { role: 'owner' })
  const sure = { name: 'test', identify: async () => member.accountId }
  for (let i = 0; i < LIMITS['sign-in-address'].points + 5; i++) await signIn(context(), { provider: sure, proof: {}, ip, userAgent: '', formerToken: null })
})

test('roles come from memberships, whatever the provider says', async ({ context, database }) => {
  const member = await organisation(database.owner, { role: 'agency', duty: 'delegate' })
  const boasting = { name: 'oidc', identify: async () => member.accountId }
  const { token } = await signIn(context(), { provider: boasting, proof: { roles: ['regulator'] }, ip: freshIp(), userAgent: '', formerToken: null })
  expect(await memberBehind(context(), token)).toMatchObject({ role: 'agency', duty: 'delegate' })
})

test('signing in ends the session that the browser carried before', async ({ context }) => {
  const { signInName } = await registered(context())
  const first = await signInAs(context(), signInName)
  const second = await signInAs(context(), signInName, { formerToken: first.token })
  expect(await findSession(context().db, context().clock, first.token)).toBeNull()
  expect(await findSession(context().db, context().clock, second.token)).not.toBeNull()
})

test('a session ends after its day and after standing idle', async ({ context, clock }) => {
  const { signInName } = await registered(context())
  const { token } = await signInAs(context(), signInName)
  const began = new Date(clock.now)
  for (let hour = 1; hour < 12; hour++) {
    clock.set(new Date(began.getTime() + hour * 3_600_000))
    expect(await findSession(context().db, clock, token), `hour ${hour}`).not.toBeNull()
  }
  clock.set(new Date(began.getTime() + SESSION_TIMES.absolute))
  expect(await findSession(context().db, clock, token)).toBeNull()

  const idle = await signInAs(context(), signInName)
  clock.advance(SESSION_TIMES.idle)
  expect(await findSession(context().db, clock, idle.token)).toBeNull()
})

test('a token is renewed, the old one works on for pages already under way, and then no more', async ({ context, clock }) => {
  const { db } = context()
  const { signInName } = await registered(context())
  const { token: first } = await signInAs(context(), signInName)
  expect(await rotateSession(db, (await findSession(db, clock, first))!)).toBeNull()
  clock.advance(SESSION_TIMES.rotation)
  const session = (await findSession(db, clock, first))!
  const [second, loser] = await Promise.all([rotateSession(db, session), rotateSession(db, session)]).then((both) => both.toSorted((a) => (a === null ? 1 : -1)))
  expect(second).toMatch(/^[A-Za-z0-9_-]{43}$/)
  expect(loser).toBeNull()

  expect(await findSession(db, clock, first)).not.toBeNull()
  expect(await findSession(db, clock, second!)).not.toBeNull()
  expect(await findSession(db, clock, first)).not.toBeNull()
  clock.advance(SESSION_TIMES.grace)
  expect(await findSession(db, clock, first)).toBeNull()
  expect(await findSession(db, clock, second!)).not.toBeNull()
})

test('an answer lost on the way signs nobody out', async ({ context, clock }) => {
  const { db } = context()
  const { signInName } = await registered(context())
  const { token } = await signInAs(context(), signInName)
  clock.advance(SESSION_TIMES.rotation)
  const lost = await rotateSession(db, (await findSession(db, clock, token))!)
  clock.advance(SESSION_TIMES.grace)
  const third = await rotateSession(db, (await findSession(db, clock, token))!)
  expect(third).not.toBeNull()
  expect(await findSession(db, clock, lost!)).toBeNull()
  expect(await findSession(db, clock, third!)).not.toBeNull()
})

test('one ends one session, or all others, and never somebody else’s', async ({ context }) => {
  const { signInName } = await registered(context())
  const [here, there, elsewhere] = [await signInAs(context(), signInName), await signInAs(context(), signInName), await signInAs(context(), signInName)]
  const stranger = await signInAs(context(), (await registered(context())).signInName)

  await expect(revokeSession(context(), { token: here.token, sessionId: stranger.sessionId })).rejects.toEqual(refused('accounts.session-unknown', 'missing'))
  await expect(revokeSession(context(), { token: here.token, sessionId: randomUUID() })).rejects.toEqual(refused('accounts.session-unknown', 'missing'))
  await revokeSession(context(), { token: here.token, sessionId: there.sessionId })
  expect(await findSession(context().db, context().clock, there.token)).toBeNull()

  expect(await revokeOtherSessions(context(), { token: here.token })).toBe(1)
  expect(await findSession(context().db, context().clock, elsewhere.token)).toBeNull()
  expect(await findSession(context().db, context().clock, stranger.token)).not.toBeNull()
  const page = await showSessions(context(), { token: here.token })
  expect(page.sessions.map(({ id, own }) => ({ id, own }))).toEqual([{ id: here.sessionId, own: true }])
})

test('signing out ends the session, twice without harm', async ({ context }) => {
  const { token } = await signInAs(context(), (await registered(context())).signInName)
  await signOut(context(), { token })
  await signOut(context(), { token })
  await signOut(context(), { token: null })
  expect(await findSession(context().db, context().clock, token)).toBeNull()
  await expect(showSessions(context(), { token })).rejects.toEqual(refused('accounts.sign-in-first', 'unauthenticated'))
})

test('who belongs to two organisations chooses, under a new token', async ({ context, database }) => {
  const { signInName, accountId, organisationId } = await registered(context())
  const other = await organisation(database.owner, { role: 'agency' })
  await database.owner('memberships').insert({ account_id: accountId, organisation_id: other.organisationId, role: 'agency', duty: 'delegate', since: new Date('2026-01-05') })
  const { token, choices } = await signInAs(context(), signInName)
  expect(choices).toBe(2)
  expect(await memberBehind(context(), token)).toBeNull()

  const stranger = await organisation(database.owner, { role: 'regulator' })
  await expect(chooseMembership(context(), { token, organisationId: stranger.organisationId, role: 'regulator' })).rejects.toEqual(refused('accounts.membership-unknown', 'missing'))
  await expect(chooseMembership(context(), { token, organisationId, role: 'regulator' })).rejects.toEqual(refused('accounts.membership-unknown', 'missing'))

  const chosen = await chooseMembership(context(), { token, organisationId: other.organisationId, role: 'agency' })
  expect(await findSession(context().db, context().clock, token)).toBeNull()
  expect(await memberBehind(context(), chosen.token)).toMatchObject({ organisationId: other.organisationId, role: 'agency', duty: 'delegate' })

  await database.owner('memberships').where({ account_id: accountId, organisation_id: other.organisationId }).update({ until: new Date('2026-11-20') })
  expect(await memberBehind(context(), chosen.token)).toBeNull()
})

test('a disabled account has no session and cannot get one', async ({ context, database }) => {
  const { signInName, accountId } = await registered(context())
  const { token } = await signInAs(context(), signInName)
  await database.owner('accounts').where({ id: accountId }).update({ disabled_at: new Date() })
  expect(await findSession(context().db, context().clock, token)).toBeNull()
  await expect(signInAs(context(), signInName)).rejects.toEqual(refused('accounts.sign-in-wrong'))
})

test('a new password needs the present one and ends the other sessions', async ({ context }) => {
  const { signInName } = await registered(context())
  const [here, there] = [await signInAs(context(), signInName), await signInAs(context(), signInName)]
  await expect(changePassword(context(), { token: here.token, password: 'wrong', newPassword: '换一句更长的话来当密码' })).rejects.toMatchObject({ code: 'accounts.password-wrong', field: 'password' })
  await expect(changePassword(context(), { token: here.token, password: PASSWORD, newPassword: '短' })).rejects.toMatchObject({ code: 'accounts.password-short', field: 'newPassword' })
  await changePassword(context(), { token: here.token, password: PASSWORD, newPassword: '换一句更长的话来当密码' })
  expect(await findSession(context().db, context().clock, there.token)).toBeNull()
  await expect(signInAs(context(), signInName)).rejects.toEqual(refused('accounts.sign-in-wrong'))
  await signInAs(context(), signInName, { password: '换一句更长的话来当密码' })
})

test('a password hashed in an older way is hashed anew at the next sign-in', async ({ context, database }) => {
  const { signInName, accountId } = await registered(context())
  const { hash } = await import('@node-rs/argon2')
  await database.owner('credentials').where({ account_id: accountId }).update({ password_hash: await hash(PASSWORD, { memoryCost: 8192, timeCost: 1, parallelism: 1 }) })
  await signInAs(context(), signInName)
  const { password_hash } = await database.owner('credentials').where({ account_id: accountId }).first()
  expect(password_hash.slice(0, 30)).toBe((await hashPassword('any')).slice(0, 30))
})

test('one click signs in a person of the demo, and nobody outside it', async ({ context, database }) => {
  const member = await organisation(database.owner, { role: 'owner', name: '绿园区某学校' })
  const stranger = await organisation(database.owner, { role: 'regulator' })
  await database.owner('demo_people').insert({ account_id: member.accountId, place: 1, sentence_zh: '学校扩建的负责人', sentence_en: 'in charge of a school extension' })
  const enter = (demo: boolean, accountId: string) => signIn(context(), { provider: demoAccounts({ demo }), proof: { accountId }, ip: freshIp(), userAgent: '', formerToken: null })

  expect((await demoPeople(context().db, { demo: true })).find((person) => person.accountId === member.accountId)).toMatchObject({ organisationName: '绿园区某学校', sentence: { zh: '学校扩建的负责人' } })
  expect(await demoPeople(context().db, { demo: false })).toEqual([])
  expect((await enter(true, member.accountId)).membership).toMatchObject({ role: 'owner' })
  await expect(enter(false, member.accountId)).rejects.toEqual(refused('accounts.sign-in-wrong'))
  await expect(enter(true, stranger.accountId)).rejects.toEqual(refused('accounts.sign-in-wrong'))
})
