import fc from 'fast-check'
import { expect, test } from 'vitest'
import { passwordFault, SignInForm, SignInName } from '#app/domain/accounts/credentials.ts'
import { nextPath } from '#app/domain/accounts/next-path.ts'
import { Phone } from '#app/domain/accounts/organisation.ts'
import { name, text } from '#app/domain/accounts/text.ts'
import { LIMITS, networkOf } from '#app/domain/accounts/throttle.server.ts'

const messagesOf = (result: { error?: { issues: { message: string }[] } }) => result.error?.issues.map(({ message }) => message) ?? []

test.each([
  ['short', 'accounts.password-short'],
  ['1234567890', 'accounts.password-known'],
  ['abcdefghijkl', 'accounts.password-known'],
  ['aaaaaaaaaaaa', 'accounts.password-known'],
  ['Password123', 'accounts.password-known'],
  ['lin.manager2026', 'accounts.password-own'],
  ['x'.repeat(129), 'accounts.password-long'],
  ['四月的雨落在净月潭边上', null],
  ['correct horse battery staple', null],
])('the password %s is judged: %s', (password, fault) => {
  expect(passwordFault(password, ['lin.manager'])).toBe(fault)
})

test.each([
  ['  Lin.Manager ', 'lin.manager'],
  ['林经理', '林经理'],
  ['ＬＩＮ０１', 'lin01'],
])('the sign-in name %s is kept as %s', (given, kept) => {
  expect(SignInName.parse(given)).toBe(kept)
})

test.each([
  ['', 'forms.required'],
  ['ab', 'accounts.sign-in-name-length'],
  ['a'.repeat(65), 'accounts.sign-in-name-length'],
  ['lin manager', 'accounts.sign-in-name-signs'],
  ['lin😀', 'accounts.sign-in-name-signs'],
  ['.lin', 'accounts.sign-in-name-signs'],
])('the sign-in name %s is refused: %s', (given, message) => {
  expect(messagesOf(SignInName.safeParse(given))).toEqual([message])
})

test('the sign-in form takes any name, so that it never tells which exist', () => {
  expect(SignInForm.safeParse({ signInName: 'no such 😀 name', password: 'x' }).success).toBe(true)
})

test.each([
  ['长春某某咨询有限公司', []],
  ['王䶮𠮷测绘所', []],
  ['', ['forms.required']],
  ['公司😀有限', ['accounts.text-pictures']],
  ['公\u202E司名', ['accounts.text-broken']],
  ['公\uE000司名', ['accounts.text-private']],
  ['12345', ['accounts.name-letters']],
  ['长'.repeat(101), ['accounts.text-long']],
])('the name %s gets %j', (given, messages) => {
  expect(messagesOf(name().safeParse(given))).toEqual(messages)
})

test('characters are counted as people count them', () => {
  expect(text({ most: 3 }).safeParse('𠮷𠮷𠮷').success).toBe(true)
  expect(text({ most: 2 }).safeParse('𠮷𠮷𠮷').error?.issues[0]).toMatchObject({ message: 'accounts.text-long', params: { most: 2, length: 3 } })
})

test.each([
  ['138 0013 8000', '13800138000'],
  ['+86-13800138000', '13800138000'],
  ['（0431）8888-0000', null],
  ['0431-88880000', '043188880000'],
  ['４００８００８８２０', '4008008820'],
  ['12345', null],
])('the telephone %s is kept as %s', (given, kept) => {
  const result = Phone.safeParse(given)
  if (kept === null && !result.success) expect(messagesOf(result)).toEqual(['accounts.phone'])
  else expect(result.data).toBe(kept ?? '043188880000')
})

test.each([
  ['/owner', '/owner'],
  ['/tenders/CC-1?a=1', '/tenders/CC-1?a=1'],
  ['//evil.example/x', null],
  ['/\\evil.example', null],
  ['/\t/evil.example', null],
  ['https://evil.example/', null],
  ['javascript:alert(1)', null],
  ['/sign-in?next=/owner', null],
  ['/sign-out', null],
  ['/./..//evil.example', null],
  ['', null],
  [null, null],
])('after signing in, %s leads to %s', (next, path) => {
  expect(nextPath(next)).toBe(path)
})

test('no address leads off the site', () => {
  fc.assert(
    fc.property(fc.oneof(fc.webUrl(), fc.string({ unit: 'binary' }).map((tail) => `/${tail}`), fc.string()), (next) => {
      const path = nextPath(next)
      if (path === null) return
      expect(new URL(path, 'https://house.example').origin).toBe('https://house.example')
    }),
  )
})

test('an address of IPv6 counts by its network, one of IPv4 by itself', () => {
  expect(networkOf('2001:db8:1:2:3:4:5:6')).toBe(networkOf('2001:0db8:1:2::1'))
  expect(networkOf('2001:db8:1:2::1')).not.toBe(networkOf('2001:db8:1:3::1'))
  expect(networkOf('::ffff:203.0.113.7')).toBe('203.0.113.7')
  expect(LIMITS['sign-in-name'].points).toBeLessThan(LIMITS['sign-in-address'].points)
})
