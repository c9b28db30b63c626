import type { Awaited } from '#app/domain/draw/awaited.ts'
import type { Beacon } from '#app/domain/draw/draw.ts'
import type { ReactNode } from 'react'
import { paths } from '#app/paths.ts'
import { ButtonLink } from './button.tsx'
import { CodeText } from './code-text.tsx'
import { useLocale, useWords } from './locale.tsx'
import { Notice } from './notice.tsx'
import { Remaining } from './remaining.tsx'
import { dayText, Instant } from './time.tsx'

/** Which value decides, in words and with its time: a round of drand, or the draw of a lottery on a day. */
export function AwaitedValue({ awaited }: { awaited: Awaited }) {
  const words = useWords().beacon
  const locale = useLocale()
  if (awaited.source === 'drand') return <>{words.round(awaited.round)} · <Instant at={awaited.at} seconds /></>
  return <>{words.ofDay(words.games[awaited.game], dayText(awaited.day, locale))}</>
}

/** What a frozen tender waits for, whether it is late, and what that changes: nothing. */
export function TenderBeacon({ awaited, at, number, mayRead }: { awaited: Awaited & { late: boolean }; at: Date; number: string; mayRead: boolean }) {
  const words = useWords().beacon
  const { late } = awaited
  return (
    <Notice tone={late ? 'refused' : 'open'} title={words.waiting.title}>
      <p><strong><AwaitedValue awaited={awaited} /></strong> <Remaining at={at} until={awaited.at} /></p>
      <p>{words.waiting[awaited.source]}</p>
      {awaited.covered ? null : <p>{words.uncovered}</p>}
      {awaited.moved ? <p>{words.moved}</p> : null}
      {late ? <p>{words.waiting.late}</p> : null}
      {mayRead && awaited.source === 'lottery' ? <p className="mt-4"><ButtonLink kind="main" href={paths.readLottery(number)}>{words.reading.link}</ButtonLink></p> : null}
    </Notice>
  )
}

/** The evidence of a value that came from outside, for the list of a draw's facts. */
export function useBeaconFacts(): (beacon: Beacon) => { label: string; value: ReactNode }[] {
  const words = useWords().beacon
  const locale = useLocale()
  return (beacon) => {
    if (beacon.source === 'drand') {
      return [
        { label: words.awaited, value: <>{words.round(beacon.round)} · <Instant at={beacon.at} seconds /></> },
        { label: words.evidence.signature, value: <CodeText>{beacon.signature}</CodeText> },
      ]
    }
    if (beacon.source === 'lottery') {
      return [
        { label: words.awaited, value: words.ofDay(words.games[beacon.game], dayText(beacon.day, locale)) },
        { label: words.evidence.issue, value: <CodeText copy={false}>{beacon.issue}</CodeText> },
        { label: words.evidence.numbers, value: beacon.numbers.map((drum) => drum.join(' ')).join(' + ') },
      ]
    }
    return []
  }
}
