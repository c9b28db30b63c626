import { setTimeout as sleep } from 'node:timers/promises'
import type { Market, Reply } from './market.ts'
import type { Intent, Store } from './state.ts'

/** The waits between one try and the next; the last one goes on for as long as it takes. */
const WAITS = [200, 500, 1_000, 2_000, 5_000, 15_000, 30_000]
/** The marketplace keeps an answer under its key for 72 hours. What may have arrived before is not said again after that, but shown to a person. */
const KEY_HOLDS = 71 * 3_600_000

export type Wish = Pick<Intent, 'id' | 'kind' | 'caseNumber' | 'method' | 'path' | 'body'>
export type Intents = { add: (...wishes: Wish[]) => Intent[]; pending: () => Intent[]; settled: (id: string, within: number) => Promise<Intent>; stop: () => void }

/**
 * Keeps what is to be said and says it. An intent stands on the disk before its call goes out, and its answer before anybody
 * hears of it, so that a crash at any moment leaves an intent that is sent again with the same key.
 *
 * @param onAnswer runs before the answer is saved, so that what follows from it is saved with it
 * @param pace shortens every wait
 */
export function keepIntents({ state, save }: Store, market: Market, { onAnswer, pace }: { onAnswer: (intent: Intent, reply: Reply) => void; pace: number }): Intents {
  const working = new Set<string>()
  let stopped = false

  /** Several that belong together stand on the disk together, or none does. */
  function add(...wishes: Wish[]): Intent[] {
    for (const wish of wishes) {
      if (state.intents.some(({ id }) => id === wish.id)) continue
      state.intents.push({ ...wish, madeAt: new Date().toISOString(), tried: 0, trouble: null, answer: null })
    }
    save()
    const added = wishes.map(({ id }) => state.intents.find((one) => one.id === id)!)
    for (const one of added) start(laneOf(one))
    return added
  }

  const laneOf = ({ caseNumber, kind }: Wish) => caseNumber ?? kind
  const pending = () => state.intents.filter(({ answer }) => answer === null)

  /** One case's intents go out one after the other, different cases side by side. */
  function start(lane: string): void {
    if (working.has(lane) || stopped) return
    working.add(lane)
    void work(lane).finally(() => working.delete(lane))
  }

  async function work(lane: string): Promise<void> {
    for (let next = nextIn(lane); next && !stopped; next = nextIn(lane)) {
      if (await say(next)) continue
      await sleep(WAITS[Math.min(next.tried, WAITS.length) - 1]! * pace)
    }
  }

  const nextIn = (lane: string) => pending().find((one) => laneOf(one) === lane)

  async function say(intent: Intent): Promise<boolean> {
    if (intent.method === 'POST' && intent.tried > 0 && Date.now() - Date.parse(intent.madeAt) > KEY_HOLDS) return settle(intent, { status: 0, body: { detail: '超过七十二小时没有得到回答，请人工核对后重新提出。' } })
    intent.tried += 1
    save()
    try {
      const reply = await market.call({ method: intent.method, path: intent.path, body: intent.body, key: intent.id })
      if (isPassing(reply)) throw new Error(`The marketplace answered ${reply.status}.`)
      onAnswer(intent, reply)
      return settle(intent, reply)
    } catch (error) {
      intent.trouble = (error as Error).message
      return false
    }
  }

  function settle(intent: Intent, { status, body }: Pick<Reply, 'status' | 'body'>): true {
    intent.answer = { status, body, at: new Date().toISOString() }
    intent.trouble = null
    save()
    return true
  }

  async function settled(id: string, within: number): Promise<Intent> {
    const intent = state.intents.find((one) => one.id === id)!
    for (const until = Date.now() + within; !intent.answer && Date.now() < until; ) await sleep(20)
    return intent
  }

  for (const one of pending()) start(laneOf(one))
  return { add, pending, settled, stop: () => void (stopped = true) }
}

/** What says "not now": the server is ill or busy, or the first try of the same key is still being answered. */
function isPassing({ status, body }: Reply): boolean {
  const codes = ((body.errors as { code: string }[] | undefined) ?? []).map(({ code }) => code)
  return status >= 500 || status === 429 || status === 401 || (status === 409 && codes.includes('guard.still-running'))
}
