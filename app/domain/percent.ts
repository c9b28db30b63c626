/** A hundredth of a percent: 1250 is 12.50 %. */
export type BasisPoints = number

/** A hundredth of a percent is the finest share that is typed. */
const DECIMALS = 2
const WHOLE = 10_000

export type PercentFault = 'forms.required' | 'forms.percent' | 'forms.percent-decimals'

/** Reads what somebody typed as a share of a hundred: `12.5`, `12.50%`, `１２．５％`. Nothing is rounded or guessed. */
export function parsePercent(text: string): { basisPoints: BasisPoints } | { fault: PercentFault } {
  const plain = text.normalize('NFKC').replace(/[\s\u200B\uFEFF]/g, '').replace(/。/g, '.').replace(/%$/, '')
  if (plain === '') return { fault: 'forms.required' }
  const parts = /^(\d{1,3})(?:\.(\d+))?$/.exec(plain)
  if (!parts) return { fault: 'forms.percent' }
  const [, percent = '', decimals = ''] = parts
  if (decimals.length > DECIMALS) return { fault: 'forms.percent-decimals' }
  const basisPoints = Number(percent) * 100 + Number(decimals.padEnd(DECIMALS, '0'))
  return basisPoints > WHOLE ? { fault: 'forms.percent' } : { basisPoints }
}

/** Hundredths of a percent as they are read: 1250 is `12.50 %`. */
export function formatPercent(basisPoints: BasisPoints): string {
  return `${Math.floor(basisPoints / 100)}.${String(basisPoints % 100).padStart(2, '0')} %`
}
