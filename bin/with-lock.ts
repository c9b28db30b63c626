import fs from 'node:fs'
import path from 'node:path'

/** Runs `work` while no other process of this machine runs its own with the same lock. A lock whose holder is gone is broken. */
export async function withLock<T>(file: string, work: () => Promise<T>): Promise<T> {
  fs.mkdirSync(path.dirname(file), { recursive: true })
  while (!take(file)) await new Promise((resolve) => setTimeout(resolve, 50))
  try {
    return await work()
  } finally {
    fs.rmSync(file, { force: true })
  }
}

function take(file: string): boolean {
  const mine = `${file}.${process.pid}`
  fs.writeFileSync(mine, String(process.pid))
  try {
    // A link is made whole or not at all, so nobody ever reads a lock without its holder.
    fs.linkSync(mine, file)
    return true
  } catch {
    const holder = Number(readIfThere(file))
    if (holder && !isAlive(holder)) fs.rmSync(file, { force: true })
    return false
  } finally {
    fs.rmSync(mine, { force: true })
  }
}

function readIfThere(file: string): string {
  try {
    return fs.readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as { code?: string }).code === 'EPERM'
  }
}
