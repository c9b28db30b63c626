import { createServer } from 'node:net'

const TRIES = 100

export type HeldPort = { port: number; release: () => Promise<void> }

/**
 * The first port at or after the wanted one that can be listened on. It stays taken until it is released, so that of two
 * that begin at once the second finds another one, however long the first needs until its server stands.
 *
 * @throws an Error in plain words when the host is not ours or the port needs more rights
 */
export async function holdPortFrom(wanted: number, host: string): Promise<HeldPort> {
  for (let port = wanted; port < wanted + TRIES; port++) {
    const held = await tryPort(port, host)
    if (typeof held !== 'string') return held
    if (held === 'EACCES') throw new Error(`Port ${port} needs more rights than this user has. Choose another one with PORT.`)
    if (held !== 'EADDRINUSE') throw new Error(`Nothing can listen on ${host}:${port} (${held}). Look at HOST.`)
    if (wanted === 0) break
  }
  throw new Error(`No port from ${wanted} to ${wanted + TRIES - 1} is free on ${host}. Choose another one with PORT.`)
}

/** What holds the port, or the code of what is against it. */
function tryPort(port: number, host: string): Promise<HeldPort | string> {
  return new Promise((resolve) => {
    const server = createServer((socket) => socket.destroy())
    server.once('error', (error: { code?: string }) => resolve(error.code ?? 'unknown'))
    server.listen({ port, host, exclusive: true }, () => {
      const { port: taken } = server.address() as { port: number }
      resolve({ port: taken, release: () => new Promise((released) => server.close(() => released())) })
    })
    server.unref()
  })
}

/** Waits until the address says that it is ready, as long as `isAlive` has nothing against it. */
export async function untilReady(address: string, { within, isAlive }: { within: number; isAlive: () => boolean }): Promise<boolean> {
  for (const began = Date.now(); Date.now() - began < within && isAlive(); ) {
    try {
      const { ok } = await fetch(`${address}/readyz`, { signal: AbortSignal.timeout(2000) })
      if (ok) return true
    } catch {
      // Nobody listens yet.
    }
    await new Promise((resolve) => setTimeout(resolve, 40))
  }
  return false
}
