import { expect, test } from 'vitest'
import { deviceMark, newDeviceToken } from '#app/domain/accounts/device.ts'

const keyring = { tokenSecret: Buffer.alloc(32, 7) }

test('a mark says "the same" within one tender and one keyring alone', () => {
  const token = newDeviceToken()
  const mark = deviceMark(keyring, { tender: 'T1', token })
  expect(mark).toHaveLength(32)
  expect(deviceMark(keyring, { tender: 'T1', token }).equals(mark)).toBe(true)
  expect(deviceMark(keyring, { tender: 'T2', token }).equals(mark)).toBe(false)
  expect(deviceMark(keyring, { tender: 'T1', token: newDeviceToken() }).equals(mark)).toBe(false)
  expect(deviceMark({ tokenSecret: Buffer.alloc(32, 8) }, { tender: 'T1', token }).equals(mark)).toBe(false)
})
