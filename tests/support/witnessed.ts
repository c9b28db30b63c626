import { createPrivateKey, createPublicKey, sign, type KeyObject } from 'node:crypto'
import type { Json } from '#app/domain/ledger/canonical.ts'
import { statementText, type Statement } from '#app/domain/draw/witness.ts'
import type { Entered, storyLog } from './story-log.ts'

/** A witness of a story: enrolled with the key before, signing with a key made then, or by account alone. What a platform that cheats writes instead stands in `facts` and `enrolment`. */
export type WitnessStory = { seed: number; how: 'enrolled' | 'key' | 'account'; uscc?: string; late?: boolean; facts?: Record<string, Json>; statement?: Partial<Statement>; signed?: Partial<Statement>; enrolment?: Record<string, Json> }
type Enter = ReturnType<typeof storyLog>['enter']

/** A witness' key, made from a number. */
export function witnessKey(seed: number): { privateKey: KeyObject; publicKey: string } {
  const privateKey = createPrivateKey({ key: Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), Buffer.alloc(32, seed)]), format: 'der', type: 'pkcs8' })
  return { privateKey, publicKey: Buffer.from(createPublicKey(privateKey).export({ format: 'jwk' }).x!, 'base64url').toString('base64') }
}

/** A witness' signature over a statement, in Base64. */
export function signatureOf(seed: number, statement: Statement): string {
  return sign(null, Buffer.from(statementText(statement)), witnessKey(seed).privateKey).toString('base64')
}

const MINUTE = 20

function enrol({ seed, uscc, enrolment }: WitnessStory, enter: Enter): Entered {
  return enter('witness.enrolled', MINUTE, { enrolment: { witness: `00000000-0000-4000-8000-${String(seed).padStart(12, '0')}`, kind: uscc ? 'organisation' : 'citizen', uscc: uscc ?? null, publicKey: witnessKey(seed).publicKey, ...enrolment }, name: { concealed: '0'.repeat(64) } })
}

/** Puts the enrolments of those into the log whose story begins before the result. */
export function enrolWitnesses(stories: readonly WitnessStory[], enter: Enter): Map<number, Entered> {
  return new Map(stories.filter(({ how, late }) => how === 'enrolled' && !late).map((story) => [story.seed, enrol(story, enter)]))
}

type Ground = { enter: Enter; enrolled: Map<number, Entered>; statement: Statement }

/** Puts the signatures of all of them into the log, one after another. */
export function signWitnesses(stories: readonly WitnessStory[], { enter, enrolled, statement }: Ground): { signed: Entered; enrolled: Entered | undefined }[] {
  return stories.map((story, place) => {
    const before = story.late ? enrol(story, enter) : enrolled.get(story.seed)
    const said = { ...statement, ...story.statement }
    const key = story.how === 'account' ? null : { alg: 'Ed25519', publicKey: witnessKey(story.seed).publicKey, signature: signatureOf(story.seed, { ...said, ...story.signed }) }
    const facts = { place: place + 1, kind: story.uscc ? 'organisation' : 'citizen', uscc: story.uscc ?? null, statement: said, key, enrolled: before?.id ?? null, ...story.facts }
    return { signed: enter('witness.signed', 70, { witness: facts, name: { concealed: '0'.repeat(64) } }), enrolled: before }
  })
}
