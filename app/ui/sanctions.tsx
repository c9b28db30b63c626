import type { Sanction } from '#app/domain/agencies/sanction.ts'
import { Facts } from './facts.tsx'
import { useLocale, useWords } from './locale.tsx'
import { dayText } from './time.tsx'

/** Decisions that keep an agency from bidding; the reason only where the reader may know it. */
export function Sanctions({ sanctions }: { sanctions: readonly Pick<Sanction, 'id' | 'kind' | 'number' | 'authority' | 'reason' | 'fromOn' | 'untilOn'>[] }) {
  const words = useWords().sanctions
  const locale = useLocale()
  return sanctions.map((one) => (
    <section key={one.id} className="mb-6">
      <Facts
        items={[
          { label: words.kind, value: words.kinds[one.kind] },
          { label: words.number, value: one.number },
          { label: words.authority, value: one.authority },
          { label: words.columns.period, value: words.period(dayText(one.fromOn, locale, false), one.untilOn && dayText(one.untilOn, locale, false)) },
          one.reason !== '' && { label: words.reason, value: <span className="whitespace-pre-line">{one.reason}</span> },
        ]}
      />
    </section>
  ))
}
