import { useWords } from './locale.tsx'
import { Status } from './status.tsx'

/** Stands beside everything that rests on general knowledge and not on a published text. */
export function SampleMark({ sample }: { sample: boolean }) {
  const words = useWords().catalogue
  return sample ? <Status>{words.sampleLabel}</Status> : null
}
