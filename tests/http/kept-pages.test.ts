import express from 'express'
import type { AddressInfo } from 'node:net'
import { expect, test } from 'vitest'
import { keptPages } from '#app/http/kept-pages.server.ts'

const SESSION = `mingdan-session=${'a'.repeat(43)}`

/** A server whose every page says how often it was made and carries the reader's nonce, and whose clock the test turns. */
async function shelf({ answer = {} }: { answer?: { status?: number; type?: string; cookie?: string; waits?: Promise<unknown> } } = {}) {
  let now = 0
  let made = 0
  let readers = 0
  const app = express()
  app.use((_, reply, next) => {
    reply.locals['nonce'] = `nonce-${(readers += 1)}`
    next()
  })
  app.use(keptPages({ secure: false, now: () => now }))
  app.all('*', async (_, reply) => {
    const number = (made += 1)
    if (number > 1) await answer.waits
    if (answer.cookie) reply.setHeader('Set-Cookie', answer.cookie)
    reply.status(answer.status ?? 200).setHeader('Content-Type', answer.type ?? 'text/html; charset=utf-8')
    reply.write(`<p>第 ${number} 次</p><script nonce="${reply.locals['nonce']}">`)
    reply.end(`</script>`)
  })
  const server = app.listen(0, '127.0.0.1')
  await new Promise((listening) => server.once('listening', listening))
  const { port } = server.address() as AddressInfo
  const ask = async (path = '/', init: RequestInit = {}) => (await fetch(`http://127.0.0.1:${port}${path}`, init)).text()
  return { ask, pass: (milliseconds: number) => void (now += milliseconds), made: () => made, [Symbol.dispose]: () => void server.close().closeAllConnections() }
}

test('a page is made once a second, and every reader gets a nonce of their own', async () => {
  using server = await shelf()
  expect(await server.ask()).toBe('<p>第 1 次</p><script nonce="nonce-1"></script>')
  expect(await server.ask()).toBe('<p>第 1 次</p><script nonce="nonce-2"></script>')
  server.pass(1_000)
  expect(await server.ask()).toContain('第 2 次')
})

test('languages and queries are apart; who is signed in, what is not shared and what carries a token are never kept', async () => {
  using server = await shelf()
  await server.ask('/')
  expect(await server.ask('/', { headers: { 'accept-language': 'en' } })).toContain('第 2 次')
  expect(await server.ask('/tenders?state=open')).toContain('第 3 次')
  expect(await server.ask('/tenders?state=failed')).toContain('第 4 次')
  for (const headers of [{ cookie: SESSION }, { authorization: 'Bearer x' }] as Record<string, string>[]) {
    const before = server.made()
    await server.ask('/', { headers })
    await server.ask('/', { headers })
    expect(server.made()).toBe(before + 2)
  }
  const before = server.made()
  for (const path of ['/owner', '/owner', '/ask', '/ask', '/tenders/MD-1']) await server.ask(path)
  expect(server.made()).toBe(before + 5)
})

test('whoever posts sees what changed at once', async () => {
  using server = await shelf()
  await server.ask()
  await server.ask('/owner', { method: 'POST' })
  expect(await server.ask()).toContain('第 3 次')
})

test('what failed, set a cookie or is no page is not kept', async () => {
  for (const answer of [{ status: 500 }, { status: 404 }, { cookie: 'a=b' }, { type: 'application/json' }]) {
    using server = await shelf({ answer })
    await server.ask()
    expect(await server.ask(), JSON.stringify(answer)).toContain('第 2 次')
  }
})

test('while one reader has an old page made anew the others get the one before, but not for ever', async () => {
  let arrive = () => {}
  using server = await shelf({ answer: { waits: new Promise<void>((resolve) => (arrive = resolve)) } })
  await server.ask()
  server.pass(1_500)
  const renewing = server.ask()
  await expect.poll(() => server.made()).toBe(2)
  expect(await server.ask()).toContain('第 1 次')
  server.pass(5_000)
  const impatient = server.ask()
  await expect.poll(() => server.made()).toBe(3)
  arrive()
  expect(await renewing).toContain('第 2 次')
  expect(await impatient).toContain('第 3 次')
})
