import { ApiFields, ApiShapeLink } from './api-fields.tsx'
import { CodeText } from './code-text.tsx'
import { Facts } from './facts.tsx'
import { useWords } from './locale.tsx'
import { Section } from './page.tsx'

export type CallShown = {
  id: string; method: string; path: string; title: string; text: string; scope: string | null; asks: 'token' | 'client' | 'nobody'; once: boolean; since: string; takes: string | null
  parameters: readonly { name: string; where: string; kind: string; shape: string | null; required: boolean; description: string }[]
  answers: readonly { status: string; text: string; shape: string | null }[]
  example: { request: string; answer: string } | null
}

/** One call of the API: what it is for, what it asks, what it answers, and a real one. */
export function ApiCall({ call }: { call: CallShown }) {
  const { api } = useWords()
  const { id, method, path, title, text, scope, asks, once, since, takes, parameters, answers, example } = call
  return (
    <Section id={id} title={title} lead={<><p><CodeText copy={false}>{`${method} ${path}`}</CodeText></p><p className="mt-2">{text}</p></>}>
      <Facts
        items={[
          { label: api.needs, value: scope ? <CodeText copy={false}>{scope}</CodeText> : asks === 'client' ? api.clientSecret : api.open },
          { label: api.key, value: once ? api.keyNeeded : api.keyNone },
          { label: api.since, value: since },
          takes ? { label: api.takes, value: <ApiShapeLink name={takes} /> } : null,
          {
            label: api.answers,
            value: (
              <ul>
                {answers.map(({ status, text: meaning, shape }) => (
                  <li key={status}>{status} {meaning}{shape && shape !== 'Problem' ? <> · <ApiShapeLink name={shape} /></> : null}</li>
                ))}
              </ul>
            ),
          },
        ]}
      />
      {parameters.length ? (
        <>
          <h3 className="mt-6 mb-2">{api.parameters}</h3>
          <ApiFields caption={`${title} · ${api.parameters}`} fields={parameters} />
        </>
      ) : null}
      {example ? (
        <details className="mt-4">
          <summary>{api.example}</summary>
          <h3 className="mt-4 mb-2">{api.request}</h3>
          <pre className="code-block">{example.request}</pre>
          <h3 className="mt-4 mb-2">{api.answer}</h3>
          <pre className="code-block">{example.answer}</pre>
        </details>
      ) : null}
    </Section>
  )
}
