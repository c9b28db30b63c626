import type { Headline as Of } from '#app/domain/catalogue/demandability.ts'
import { useWords } from './locale.tsx'
import { Status, type Tone } from './status.tsx'

const TONES: Record<Of, Tone> = { 'may-be-demanded': 'kept', 'document-may-be-demanded': 'kept', 'may-be-bought': 'plain', 'office-pays': 'plain', 'not-in-force': 'refused' }

/** What a listing says before anybody's case is looked at, as a word. */
export function Headline({ of }: { of: Of }) {
  return <Status tone={TONES[of]}>{useWords().catalogue.headlines[of]}</Status>
}
