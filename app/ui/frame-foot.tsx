import { paths } from '#app/paths.ts'
import { CodeText } from './code-text.tsx'
import type { FrameData } from './frame.tsx'
import { useWords } from './locale.tsx'
import { Instant } from './time.tsx'

/** Who runs this, who supervises it, what is open, and how far the ledger has come. */
export function FrameFoot({ data }: { data: FrameData | undefined }) {
  const words = useWords().frame
  const { foot } = words
  const checkpoint = data?.checkpoint
  return (
    <footer className="frame-foot">
      <div className="wrap foot-grid">
        <div>
          <h2>{foot.runs.title}</h2>
          <p>{foot.runs.text}</p>
          <p className="foot-links">
            <a href={paths.about()}>{foot.about}</a>
          </p>
        </div>
        <div>
          <h2>{foot.supervises.title}</h2>
          <p>{foot.supervises.text}</p>
          <p className="foot-links">
            <a href={paths.supervision()}>{foot.complain}</a>
          </p>
        </div>
        <div>
          <h2>{foot.open.title}</h2>
          <ul className="foot-links">
            <li>
              <a href={paths.openData()}>{foot.open.data}</a>
            </li>
            <li>
              <a href={paths.ledger()}>{foot.open.ledger}</a>
            </li>
            <li>
              <a href={paths.availability()}>{foot.availability}</a>
            </li>
            <li>
              <a href={paths.accessibility()}>{foot.accessibility}</a>
            </li>
          </ul>
        </div>
        <div>
          <h2>{foot.checkpoint.title}</h2>
          {checkpoint ? (
            <p>
              {foot.checkpoint.size(checkpoint.size)}
              <br />
              {foot.checkpoint.root} <CodeText copy={false}>{checkpoint.root.slice(0, 8)}</CodeText>
              <br />
              <Instant at={checkpoint.signedAt} seconds />
            </p>
          ) : (
            <p>{foot.checkpoint.none}</p>
          )}
          <p>{foot.licence}</p>
        </div>
      </div>
    </footer>
  )
}
