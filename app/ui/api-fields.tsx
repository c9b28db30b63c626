import { CodeText } from './code-text.tsx'
import { DataTable, type Column } from './data-table.tsx'
import { useWords } from './locale.tsx'

type Field = { name: string; kind: string; shape: string | null; required: boolean; description: string; where?: string }

/** The fields of a shape, or the parameters of a call. */
export function ApiFields({ caption, fields }: { caption: string; fields: readonly Field[] }) {
  const { api } = useWords()
  const where: Column<Field>[] = fields[0]?.where ? [{ key: 'where', label: api.where, cell: (field) => field.where }] : []
  return (
    <DataTable
      caption={caption}
      rows={fields}
      keyOf={({ name, where: place }) => `${place} ${name}`}
      empty={{ title: '' }}
      columns={[
        { key: 'name', label: api.name, main: true, cell: ({ name }) => <CodeText copy={false}>{name}</CodeText> },
        ...where,
        { key: 'kind', label: api.kind, cell: ({ kind, shape }) => (shape ? <ApiShapeLink name={shape} /> : kind) },
        { key: 'required', label: api.required, cell: ({ required }) => (required ? api.yes : api.no) },
        { key: 'description', label: api.description, cell: ({ description }) => description },
      ]}
    />
  )
}

/** To the place where a shape is explained. */
export function ApiShapeLink({ name }: { name: string }) {
  const shapes: Record<string, string> = useWords().api.shapes
  return <a href={`#${name}`}>{shapes[name] ?? name}</a>
}
