import { addDays, dayOf, startOf, type Day } from '../calendar.ts'

/*
 * National lotteries whose draws everybody watches. A game must have many outcomes: the platform knows its secret, so
 * with the thousand outcomes of a game of three digits it could prefer pools under which one bidder wins more of them.
 */
type Game = {
  /** On which days of the week it is drawn, Sunday being 0. */
  weekdays: readonly number[]
  /** The balls of each drum in the order of the announcement: how many, out of how many. */
  drums: readonly { count: number; of: number }[]
}

/** 双色球: six red of 33 and one blue of 16; 超级大乐透: five of 35 and two of 12. */
export const GAMES = {
  ssq: { weekdays: [0, 2, 4], drums: [{ count: 6, of: 33 }, { count: 1, of: 16 }] },
  dlt: { weekdays: [1, 3, 6], drums: [{ count: 5, of: 35 }, { count: 2, of: 12 }] },
} as const satisfies Record<string, Game>

export const GAME_NAMES = ['ssq', 'dlt'] as const
export type GameName = (typeof GAME_NAMES)[number]

/** Sales have ended and nothing is drawn yet at eight in the evening, Beijing time; both are drawn after nine. */
const SEALED_AT = 20 * 3_600_000
const DRAWN_AT = 21.5 * 3_600_000

/** When on a day nobody can know that day's numbers yet. */
export function sealedAt(day: Day): Date {
  return new Date(startOf(day).getTime() + SEALED_AT)
}

/** From when on a day its numbers may be read: both games have drawn by half past nine. */
export function drawnAt(day: Day): Date {
  return new Date(startOf(day).getTime() + DRAWN_AT)
}

/**
 * The day whose draw decides: the first regular one whose draw still lay in the future at `from` and when the freeze came
 * under its checkpoint.
 */
export function drawDayFrom(game: GameName, from: Date, covered: Date | null = null): Day {
  const after = covered && covered > from ? covered : from
  let day = dayOf(after)
  while (sealedAt(day) < after || !isDrawDay(game, day)) day = addDays(day, 1)
  return day
}

/** Is the game drawn on this day of the week? */
export function isDrawDay(game: GameName, day: Day): boolean {
  return (GAMES[game].weekdays as readonly number[]).includes(new Date(`${day}T00:00:00Z`).getUTCDay())
}

/** Does an issue's number fit the year of its day? 双色球 counts 2026123, 大乐透 26123. */
export function isIssueOf(game: GameName, issue: string, day: Day): boolean {
  const year = game === 'ssq' ? day.slice(0, 4) : day.slice(2, 4)
  return issue.startsWith(year) && /^\d{3}$/.test(issue.slice(year.length)) && !issue.endsWith('000')
}

/** The numbers of each drum in ascending order, or null where the game cannot have drawn them. */
export function drumsOf(game: GameName, numbers: readonly (readonly number[])[]): number[][] | null {
  const drums: readonly Game['drums'][number][] = GAMES[game].drums
  if (numbers.length !== drums.length) return null
  const sorted = numbers.map((drum) => drum.toSorted((a, b) => a - b))
  const fits = sorted.every((drum, index) => {
    const { count, of } = drums[index]!
    return drum.length === count && new Set(drum).size === count && drum.every((ball) => Number.isInteger(ball) && ball >= 1 && ball <= of)
  })
  return fits ? sorted : null
}
