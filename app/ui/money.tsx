import { useWords } from './locale.tsx'

/** Whole fen as yuan with thousands, two decimals only where there are fen, and the unit. */
export function Money({ fen }: { fen: number | null | undefined }) {
  const { yuan, notStated } = useWords().frame
  if (fen === null || fen === undefined) return <span className="unstated">{notStated}</span>
  return (
    <span className="money">
      {yuanText(fen)}
      <small>{yuan}</small>
    </span>
  )
}

/** 1234567 fen → 12,345.67; computed on digits, so that no amount passes through a fraction. */
export function yuanText(fen: number): string {
  const digits = String(Math.abs(fen)).padStart(3, '0')
  const whole = digits.slice(0, -2).replace(/\B(?=(\d{3})+$)/g, ',')
  const rest = digits.slice(-2)
  return `${fen < 0 ? '−' : ''}${whole}${rest === '00' ? '' : `.${rest}`}`
}
