import { renderToPipeableStream, renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import { wholePage } from '#app/http/whole-page.server.ts'

function Rows({ shift }: { shift: number }) {
  return (
    <table title={'x'.repeat(shift)}>
      <tbody>
        {Array.from({ length: 200 }, (_, row) => (
          <tr key={row}>
            <td data-label="处理结果">有效报名，等待抽取</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function rendered(shift: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const { pipe } = renderToPipeableStream(<Rows shift={shift} />, { onAllReady: () => void pipe(wholePage((body) => resolve(body.toString()))), onError: reject })
  })
}

test('a Chinese page arrives without a stray sign, wherever React cuts it', async () => {
  for (let shift = 0; shift < 12; shift++) expect(await rendered(shift)).toBe(renderToStaticMarkup(<Rows shift={shift} />))
})
