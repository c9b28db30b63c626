import { expect, test } from 'vitest'
import { can, memberWho, SYSTEM, VISITOR, type Client, type Duty, type Member, type Role } from '#app/domain/accounts/actor.ts'
import { PERMISSIONS, type Permission } from '#app/domain/accounts/permissions.ts'

const ROLES: Role[] = ['agency', 'owner', 'authority', 'regulator', 'operator', 'judge']
const DUTIES: Duty[] = ['manager', 'delegate']

/** The table again, as a regulator would write it down: m manager, d delegate. A change of a right must be made in both. */
const EXPECTED: Record<Permission, Partial<Record<Role, 'm' | 'md'>>> = {
  'adopt:listing': { regulator: 'm' },
  'retire:listing': { regulator: 'm' },
  'propose:listing': { regulator: 'md' },
  'give:opinion': { regulator: 'md' },
  'read:lottery': { regulator: 'md' },
  'grade:agency': { regulator: 'm' },
  'see:demands': { regulator: 'md' },
  'see:leads': { regulator: 'md' },
  'record:sanction': { regulator: 'm' },
  'record:demand': { authority: 'md' },
  'validate:demand': { authority: 'md', regulator: 'md' },
  'see:own-demands': { authority: 'md' },
  'state:project': { authority: 'md' },
  'keep:case': { authority: 'md' },
  'see:own-cases': { authority: 'md' },
  'see:cases': { regulator: 'md' },
  'see:case': { owner: 'md', authority: 'md', regulator: 'md' },
  'uphold:demand': { authority: 'md' },
  'tell:turned-away': { authority: 'md', owner: 'md' },
  'decide:words': { regulator: 'md' },
  'open:inquiry': { regulator: 'md' },
  'decide:inquiry': { regulator: 'm' },
  'reply:inquiry': { authority: 'md', owner: 'md', agency: 'md' },
  'read:inquiries': { regulator: 'md', authority: 'md', owner: 'md', agency: 'md' },
  'offer:service': { agency: 'md' },
  'keep:agency': { agency: 'md' },
  'submit:bid': { agency: 'md' },
  'explain:quote': { agency: 'md' },
  'ask:question': { agency: 'md' },
  'answer:question': { owner: 'md', authority: 'md' },
  'file:contract': { agency: 'md', owner: 'md', authority: 'md' },
  'confirm:contract': { agency: 'm', owner: 'm', authority: 'm' },
  'deliver:result': { agency: 'md' },
  'accept:result': { owner: 'm', authority: 'm' },
  'hold:key': { owner: 'm', authority: 'm', regulator: 'm' },
  'change:tender': { owner: 'm', authority: 'm' },
  'suspend:tender': { regulator: 'm' },
  'object:award': { agency: 'md' },
  'answer:objection': { owner: 'md', authority: 'md' },
  'check:exchange': { operator: 'md', regulator: 'md' },
  'name:national-code': { regulator: 'm' },
  'claim:outage': { operator: 'md' },
  'keep:calendar': { operator: 'm' },
  'settle:project': { operator: 'm' },
  'keep:api-client': { operator: 'm' },
  'witness:result': { agency: 'md', owner: 'md' },
  'decline:award': { agency: 'md' },
  'pick:shortlist': { owner: 'm', authority: 'm' },
  'register:project': { owner: 'md', authority: 'md' },
  'draft:tender': { owner: 'md', authority: 'md' },
  'publish:tender': { owner: 'm', authority: 'm' },
  'see:agencies': { operator: 'md', regulator: 'md' },
  'check:agency': { operator: 'md' },
  'import:agencies': { operator: 'm' },
  'see:operation': { operator: 'md' },
  'keep:webhook': {},
  'read:feed': {},
  'send:events': {},
  'replay:delivery': { operator: 'md' },
  'look:up': { operator: 'md', regulator: 'md' },
  'invite:judge': { owner: 'm', authority: 'm' },
  'judge:tender': { judge: 'md' },
  'read:inbox': { agency: 'md', owner: 'md', authority: 'md', regulator: 'md', operator: 'md', judge: 'md' },
  'invite:delegate': { agency: 'm', owner: 'm', authority: 'm', regulator: 'm', operator: 'm' },
}

const member = (role: Role, duty: Duty): Member => ({ kind: 'member', accountId: 'a', displayName: 'n', organisationId: 'o', organisationName: 'n', uscc: null, divisionCode: '220100', role, duty })
const PERMISSION_NAMES = Object.keys(PERMISSIONS) as Permission[]

test('the table of rights says what was meant, for every role and duty', () => {
  expect(PERMISSION_NAMES.toSorted()).toEqual(Object.keys(EXPECTED).toSorted())
  for (const permission of PERMISSION_NAMES)
    for (const role of ROLES)
      for (const duty of DUTIES)
        expect(can(member(role, duty), permission), `${role} ${duty} ${permission}`).toBe(EXPECTED[permission][role]?.includes(duty[0]!) ?? false)
})

test('an operator, who runs the site, holds no right that touches a result', () => {
  const held = PERMISSION_NAMES.filter((permission) => can(member('operator', 'manager'), permission))
  // An outage that two of them vouch for gives everybody the same time, and nobody a place.
  // A day of the calendar moves limits of everybody alike, none that was published, and none that has passed.
  // Whose project it is was decided by offices that named an owner; it touches no tender that is published.
  expect(held).toEqual(['see:agencies', 'check:agency', 'import:agencies', 'see:operation', 'check:exchange', 'claim:outage', 'keep:calendar', 'settle:project', 'keep:api-client', 'replay:delivery', 'look:up', 'read:inbox', 'invite:delegate'])
})

test('a visitor and the clockwork hold no right', () => {
  for (const permission of PERMISSION_NAMES) {
    expect(can(VISITOR, permission)).toBe(false)
    expect(can(SYSTEM, permission)).toBe(false)
  }
})

test('a machine does only what its scopes name', () => {
  const client: Client = { kind: 'client', clientId: 'c', organisationId: 'o', uscc: 'u', divisionCode: '220100', scopes: ['guard:validate'] }
  expect(PERMISSION_NAMES.filter((permission) => can(client, permission))).toEqual(['validate:demand'])
})

test('a visitor is asked to sign in, the wrong role is told no', () => {
  expect(() => memberWho(VISITOR, 'submit:bid')).toThrow(expect.objectContaining({ kind: 'unauthenticated', code: 'accounts.sign-in-first' }))
  expect(() => memberWho(member('owner', 'manager'), 'submit:bid')).toThrow(expect.objectContaining({ kind: 'forbidden', code: 'accounts.not-allowed' }))
  expect(memberWho(member('agency', 'delegate'), 'submit:bid').role).toBe('agency')
})
