import { randomInt } from 'node:crypto'
import { holdPortFrom } from '../../bin/address.ts'

/** Below the ports that systems give to outgoing connections (from 32768 here, from 49152 elsewhere): nobody is there by chance. */
const [FROM, TO] = [10_000, 30_000]

/** A free port that stays free until a process of the test listens on it, and while that process is started again. */
export async function quietPort(): Promise<number> {
  const { port, release } = await holdPortFrom(randomInt(FROM, TO), '127.0.0.1')
  await release()
  return port
}
