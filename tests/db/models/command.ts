import fc from 'fast-check'
import { expect } from 'vitest'
import type { Model } from './model.ts'
import { stateOf } from './steps.ts'
import { codeOf, mustAgree, type World } from './world.ts'

export type Command = fc.AsyncCommand<Model, World>
/** How often a command comes, and which ones there are. */
export type Weighted = { weight: number; arbitrary: fc.Arbitrary<Command> }

export const AGENCIES = 4
export const anAgency = fc.nat({ max: AGENCIES - 1 })

/** Something that is done to the system and to the model; afterwards both agree about the tender. */
export function command(name: string, run: (model: Model, world: World) => Promise<unknown>, check: (model: Model) => boolean = () => true): Command {
  return {
    check,
    toString: () => name,
    async run(model, world) {
      await run(model, world)
      await mustAgree(model, world, name)
    },
  }
}

/** An act that is refused as the rules say, or done; then the model does it too. */
export function act(name: string, { refusal, really, done }: { refusal: (model: Model) => string | null; really: (world: World, model: Model) => Promise<unknown>; done: (model: Model) => void }): Command {
  return command(name, async (model, world) => {
    const expected = refusal(model)
    expect(await codeOf(really(world, model)), `${name} in ${stateOf(model)}`).toBe(expected)
    if (expected === null) done(model)
  })
}

/** Why nothing that needs an open tender is taken now, or null where it is. */
export function notOpen(model: Model): string | null {
  const state = stateOf(model)
  if (state === 'open') return null
  return state === 'suspended' || state === 'cancelled' ? `changes.${state}` : 'tenders.closed'
}
