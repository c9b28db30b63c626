import { createHash } from 'node:crypto'
import type { Knex } from 'knex'
import type { Actor, Member } from '#app/domain/accounts/actor.ts'
import type { Hashed } from '#app/domain/accounts/password.server.ts'
import { addDays, dayOf, isWorkday, startOf, type Day } from '#app/domain/calendar.ts'
import { newId, withChance } from '#app/domain/chance.server.ts'
import type { Context } from '#app/domain/context.ts'
import type { Keyring } from '#app/domain/ledger/keyring.ts'
import { diceFor, TOWN, type Dice } from './dice.ts'

type Scene = { name: string; at: Date; order: number; play: () => Promise<void> }

export type Stage = {
  db: Knex
  /** When the story is told: it ends here, and every entry says that it was written down now. */
  toldAt: Date
  password: Hashed
  cast: Map<string, Member>
  /** Plans a scene of the story. What would come after the telling is left to the real clock. */
  plan: (name: string, at: Date, play: () => Promise<void>) => void
  /** Somebody acts, through a verb, at the scene's instant. Nothing happens where they had done so before an interruption. */
  act: <T>(name: string, actor: Actor, verb: (context: Context) => Promise<T>) => Promise<T | undefined>
  /** The clock's own steps, which happen once by themselves, however often they are asked for. */
  tick: <T>(name: string, actor: Actor, verb: (context: Context) => Promise<T>) => Promise<T>
  /** The id that the named act gives to what it makes. */
  idOf: (name: string) => Promise<string>
  /** Something was told that a draw waits for. */
  expectSequencing: () => void
  /** Brings what was told until now under a checkpoint, if anything waits for it: a draw needs the ledger's root at the freeze. */
  sequence: () => Promise<void>
}

type Given = { db: Knex; keyring: Keyring; toldAt: Date; password: Hashed; /** Threads of acts that an interrupted telling had done. */ done: ReadonlySet<string>; sequence: () => Promise<unknown>; onProgress: (share: number) => void }

/** A stage with an empty story; `run` plays it in the order of its instants until the telling. */
export function makeStage({ db, keyring, toldAt, password, done, sequence, onProgress }: Given): Stage & { run: () => Promise<void> } {
  const scenes: Scene[] = []
  let [now, order, isWaited] = [toldAt, 0, true]
  const clock = { read: () => Promise.resolve(now) }
  const again = done.size > 0 ? `/again/${newId()}` : ''
  const chanceOf = (name: string) => ({ bytes: diceFor(`act/${name}`).bytes, writtenAt: toldAt })
  const contextOf = (actor: Actor, name: string): Context => ({ db, keyring, clock, actor, traceId: traceOf(name) })
  return {
    db,
    toldAt,
    password,
    cast: new Map(),
    expectSequencing: () => void (isWaited = true),
    async sequence() {
      if (isWaited) await sequence()
      isWaited = false
    },
    plan(name, at, play) {
      if (at > toldAt) return
      const scene = { name, at, order: order++, play }
      let place = scenes.length
      while (place > 0 && isLater(scenes[place - 1]!, scene)) place--
      scenes.splice(place, 0, scene)
    },
    act: async (name, actor, verb) => (done.has(traceOf(name)) ? undefined : withChance(chanceOf(name), () => verb(contextOf(actor, name)))),
    // An interrupted step may have been half of two: its second half must not throw the same ids again.
    tick: (name, actor, verb) => withChance(chanceOf(name + again), () => verb(contextOf(actor, name))),
    idOf: (name) => withChance(chanceOf(name), () => Promise.resolve(newId())),
    async run() {
      const begins = scenes[0]?.at.getTime() ?? 0
      for (let scene = scenes.shift(); scene; scene = scenes.shift()) {
        now = scene.at
        await scene.play()
        onProgress((now.getTime() - begins) / Math.max(1, toldAt.getTime() - begins))
      }
    },
  }
}

function isLater(one: Scene, other: Scene): boolean {
  return one.at.getTime() > other.at.getTime() || (one.at.getTime() === other.at.getTime() && one.order > other.order)
}

/** The thread that an act leaves in audit and ledger, by which an interrupted telling knows what it has done. */
export function traceOf(name: string): string {
  return createHash('sha256').update(`${TOWN}\0${name}`).digest('hex').slice(0, 32)
}

/** An instant in the working hours of a day so many days before the telling; a day that is not worked moves back. */
export function daysBefore({ toldAt }: Pick<Stage, 'toldAt'>, days: number, dice: Dice): Date {
  const meant: Day = addDays(dayOf(toldAt), -days)
  let day = meant
  let back = 0
  for (; !isWorkday(day); back++) day = addDays(day, -1)
  // What was meant for a later day off comes later in the evening before: whoever answers does so after what was asked.
  const [from, until] = back === 0 ? [8.5, 16.5] : [18.5 - 2 ** (2 - back), 18.5 - 2 ** (1 - back)]
  return new Date(startOf(day).getTime() + Math.floor(dice.between(from * 3600, until * 3600 - 1)) * 1000 + dice.between(0, 999))
}

/** People sit at their desks by day, where the day leaves them the time. */
export function byDay(at: Date, dice: Dice, { from, until }: { from: Date; until: Date }): Date {
  const desk = new Date(startOf(dayOf(at)).getTime() + dice.between(8.2 * 3600, 18.9 * 3600) * 1000)
  return desk.getTime() > from.getTime() + 3_600_000 && desk.getTime() < until.getTime() - 3_600_000 ? desk : at
}
