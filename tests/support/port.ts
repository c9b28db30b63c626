import { randomInt } from 'node:crypto'
import { holdPortFrom } from '../../bin/address.ts'

/**
 * Below the ports that systems give to outgoing connections (from 32768 here, from 49152 elsewhere): nobody is there by chance.
 * Above 10080, the last one that no browser and no `fetch` will ask (WHATWG Fetch, bad port): a site there is never seen to be ready.
 */
const [FROM, TO] = [10_100, 30_000]

/** A free port that stays free until a process of the test listens on it, and while that process is started again. */
export async function quietPort(): Promise<number> {
  const { port, release } = await holdPortFrom(randomInt(FROM, TO), '127.0.0.1')
  await release()
  return port
}
