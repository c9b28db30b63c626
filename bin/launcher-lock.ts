import fs from 'node:fs'
import path from 'node:path'

type Holder = { pid: number; began: string; address: string | null }

/**
 * One launcher a data folder: two would stop one another's database.
 * The lock of a killed launcher is known by its process being gone, or by another process bearing its number.
 */
export function lockDataFolder(dataDir: string): { tell: (address: string) => void; release: () => void } {
  const file = path.join(dataDir, 'launcher.json')
  const holder = read(file)
  if (holder && holder.began !== '' && beganOf(holder.pid) === holder.began) {
    const where = holder.address ? ` at ${holder.address}` : ''
    throw new Error(`Mingdan already runs from ${dataDir}${where} (process ${holder.pid}). Choose another folder with DATA_DIR for a second one.`)
  }
  const write = (address: string | null) => fs.writeFileSync(file, JSON.stringify({ pid: process.pid, began: beganOf(process.pid), address }), { mode: 0o600 })
  write(null)
  return { tell: write, release: () => fs.rmSync(file, { force: true }) }
}

function read(file: string): Holder | null {
  try {
    return JSON.parse(fs.readFileSync(file, 'utf8')) as Holder
  } catch {
    return null
  }
}

/** When a process began, in the kernel's ticks: with its number it names one process for ever. */
function beganOf(pid: number): string {
  try {
    const stat = fs.readFileSync(`/proc/${pid}/stat`, 'utf8')
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return fields[0] === 'Z' ? '' : `${fields[19]}`
  } catch {
    return ''
  }
}
