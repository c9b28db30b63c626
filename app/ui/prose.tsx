/** A page of plain text: headings, paragraphs, points. */
export type ProsePart = { title: string; text?: readonly string[]; points?: readonly string[] }

export function Prose({ parts }: { parts: readonly ProsePart[] }) {
  return (
    <div className="prose">
      {parts.flatMap((part) => [
        <h2 key={part.title}>{part.title}</h2>,
        ...(part.text ?? []).map((text) => <p key={text}>{text}</p>),
        part.points ? (
          <ul key={`${part.title} points`}>
            {part.points.map((point) => (
              <li key={point}>{point}</li>
            ))}
          </ul>
        ) : null,
      ])}
    </div>
  )
}
