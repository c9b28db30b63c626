import { useWords } from './locale.tsx'

export type Step = { key: string; label: string; /** Where to change it again, once done. */ href?: string }

/** A long form's way: what is done (and can be opened again), where one is, what follows. */
export function Steps({ steps, current }: { steps: readonly Step[]; current: string }) {
  const words = useWords().frame
  const here = steps.findIndex(({ key }) => key === current)
  return (
    <nav aria-label={words.steps}>
      <ol className="steps">
        {steps.map((step, index) => (
          <li key={step.key} className={index < here ? 'done' : index === here ? 'now' : undefined} aria-current={index === here ? 'step' : undefined}>
            {index < here && step.href ? <a href={step.href}>{step.label}</a> : step.label}
          </li>
        ))}
      </ol>
    </nav>
  )
}
