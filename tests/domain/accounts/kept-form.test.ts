import { expect, test } from 'vitest'
import { formNameOf, keepable, newFormToken, openForm, sealForm } from '#app/domain/accounts/kept-form.ts'

test('only the token opens a kept form, and only for its path', () => {
  const [token, other] = [newFormToken(), newFormToken()]
  const values = { title: '䶮村水保方案', area: ['220100', '220106'] }
  const sealed = sealForm(token, '/owner/tenders/new?project=1', values)
  expect(openForm(token, '/owner/tenders/new?project=1', sealed)).toEqual(values)
  expect(openForm(other, '/owner/tenders/new?project=1', sealed)).toBeNull()
  expect(openForm(token, '/regulator', sealed)).toBeNull()
  sealed[20]! ^= 1
  expect(openForm(token, '/owner/tenders/new?project=1', sealed)).toBeNull()
  expect(openForm(token, '/', Buffer.alloc(3))).toBeNull()
  expect(sealed.toString('utf8')).not.toContain('水保')
})

test('the name under which the database keeps it tells nothing of the token', () => {
  const token = newFormToken()
  expect(formNameOf(token)).toEqual(formNameOf(token))
  expect(formNameOf(token).toString('base64url')).not.toBe(token)
})

test('passwords are never kept, and neither is what has no end', () => {
  expect(keepable({ name: '甲', password: 'x', passwordAgain: 'x' })).toEqual({ name: '甲' })
  expect(keepable({ password: 'x' })).toBeNull()
  expect(keepable({ text: '长'.repeat(30_000) })).toBeNull()
})
