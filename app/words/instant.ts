/** An instant on Beijing's clock as sentences of plain text say it: parts, without any language in them. */
function partsOf(at: string): { year: string; month: number; day: number; time: string } | null {
  const instant = new Date(at)
  if (Number.isNaN(instant.getTime())) return null
  const [year, month, day, time] = new Date(instant.getTime() + 8 * 3600_000).toISOString().slice(0, 16).split(/[-T]/) as [string, string, string, string]
  return { year, month: Number(month), day: Number(day), time }
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** 2026年11月27日 09:05; what is no instant stays as it is. */
export function instantInChinese(at: string): string {
  const parts = partsOf(at)
  return parts ? `${parts.year}年${parts.month}月${parts.day}日 ${parts.time}` : at
}

/** 27 Nov 2026 09:05; what is no instant stays as it is. */
export function instantInEnglish(at: string): string {
  const parts = partsOf(at)
  return parts ? `${parts.day} ${MONTHS[parts.month - 1]} ${parts.year} ${parts.time}` : at
}
