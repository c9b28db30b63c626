import { useWords } from './locale.tsx'

export type Bar = { key: string; label: string; value: number; /** As people read it, such as 12,000 元. */ text?: string }

const ROW = 32
const LABEL = 190
const WIDTH = 640

/** Horizontal bars drawn by the server, with the same figures as a table and as a file. */
export function Chart({ title, bars, unit, csv }: { title: string; bars: readonly Bar[]; unit: string; csv?: string }) {
  const words = useWords().frame.chart
  const most = Math.max(...bars.map(({ value }) => value), 1)
  const height = bars.length * ROW + 8
  return (
    <figure className="chart">
      <figcaption>{words.caption(title, unit)}</figcaption>
      <svg viewBox={`0 0 ${WIDTH} ${height}`} role="img" aria-label={words.described(title)}>
        <title>{title}</title>
        <line x1={LABEL} y1="0" x2={LABEL} y2={height} />
        {bars.map((bar, index) => (
          <g key={bar.key}>
            <text x={LABEL - 12} y={index * ROW + 21} textAnchor="end">
              {bar.label}
            </text>
            <rect x={LABEL} y={index * ROW + 8} width={Math.max((bar.value / most) * (WIDTH - LABEL - 110), bar.value ? 2 : 0)} height={ROW - 14} rx="2" />
            <text className="value" x={LABEL + (bar.value / most) * (WIDTH - LABEL - 110) + 10} y={index * ROW + 21}>
              {bar.text ?? bar.value}
            </text>
          </g>
        ))}
      </svg>
      <details className="small mt-2">
        <summary>{words.asTable}</summary>
        <table className="table">
          <caption className="sr-only">{title}</caption>
          <tbody>
            {bars.map((bar) => (
              <tr key={bar.key}>
                <th scope="row">{bar.label}</th>
                <td className="number">{bar.text ?? bar.value}</td>
              </tr>
            ))}
          </tbody>
        </table>
        {csv ? (
          <p>
            <a href={csv} download>
              {words.csv}
            </a>
          </p>
        ) : null}
      </details>
    </figure>
  )
}
