import { createServer } from 'node:net'
import { expect, test } from 'vitest'
import { holdPortFrom } from '../../bin/address.ts'
import { quietPort } from '#tests/support/port.ts'

const HOST = '127.0.0.1'

function listen(port: number): Promise<'listens' | string> {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', (error: { code?: string }) => resolve(error.code ?? 'unknown'))
    server.listen({ port, host: HOST, exclusive: true }, () => server.close(() => resolve('listens')))
  })
}

test('two that begin at once are given two ports, and each is free as soon as it is released', async () => {
  const wanted = await quietPort()
  const [first, second] = [await holdPortFrom(wanted, HOST), await holdPortFrom(wanted, HOST)]
  expect(first.port).toBe(wanted)
  expect(second.port).toBeGreaterThan(wanted)
  expect(await listen(first.port)).toBe('EADDRINUSE')
  await first.release()
  expect(await listen(first.port)).toBe('listens')
  await second.release()
})

test('a host that is not ours is said in words', async () => {
  await expect(holdPortFrom(0, '203.0.113.9')).rejects.toThrow(/Nothing can listen on 203\.0\.113\.9:0 .*Look at HOST\./)
})
