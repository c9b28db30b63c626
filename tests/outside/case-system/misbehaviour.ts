import { setTimeout as sleep } from 'node:timers/promises'

type Crash = 'before' | 'after'
export type Misbehaviour = {
  set: (form: URLSearchParams) => void
  /** Whether it answers nobody and calls nobody just now. */
  isDown: () => boolean
  isTwice: () => boolean
  /** How it stands, for the panel. */
  said: () => { crash: Crash | null; late: number; twice: boolean; downFor: number }
  beforeCall: (method: string) => Promise<void>
  afterCall: (method: string) => Promise<void>
  beLate: () => Promise<void>
}

/** Everything that a case system may do to its neighbours, at a button's press. Nothing of it outlives the process. */
export function misbehave(): Misbehaviour {
  let crash: Crash | null = null
  let late = 0
  let twice = false
  let downUntil = 0
  const isDown = () => Date.now() < downUntil
  const seconds = (text: string | null) => Math.min(3600, Math.max(0, Number(text) || 0))

  function set(form: URLSearchParams): void {
    const wanted = form.get('crash')
    if (wanted === 'now') die()
    if (wanted !== null) crash = wanted === 'before' || wanted === 'after' ? wanted : null
    if (form.has('late')) late = seconds(form.get('late'))
    if (form.has('twice')) twice = form.get('twice') === 'yes'
    if (form.has('down')) downUntil = Date.now() + seconds(form.get('down')) * 1000
  }

  /** Only a call that writes is worth dying at. */
  function dieAt(place: Crash, method: string): void {
    if (crash === place && method !== 'GET') die()
  }

  return {
    set,
    isDown,
    isTwice: () => twice,
    said: () => ({ crash, late, twice, downFor: isDown() ? Math.ceil((downUntil - Date.now()) / 1000) : 0 }),
    beforeCall: async (method) => {
      if (isDown()) throw new Error('This system is down.')
      dieAt('before', method)
    },
    afterCall: async (method) => dieAt('after', method),
    beLate: async () => void (late > 0 && (await sleep(late * 1000))),
  }
}

/** As a power cut does it: nothing is written any more, and nobody is told. */
function die(): never {
  process.kill(process.pid, 'SIGKILL')
  throw new Error('It is dead.')
}
