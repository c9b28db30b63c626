import { Button } from './button.tsx'
import { LAST_DAY } from './field.tsx'
import { useWords } from './locale.tsx'

export type FilterOption = { value: string; label: string; count?: number }
export type FilterField =
  | { kind: 'search'; name: string; label: string; value?: string; placeholder?: string }
  | { kind: 'choice'; name: string; label: string; value?: string; options: readonly FilterOption[] }
  | { kind: 'day'; name: string; label: string; value?: string }

/**
 * A form that only asks: its answer has an address one can keep and send on. Each choice says how much it finds.
 *
 * @param hidden what is kept while narrowing
 * @param clear where no condition is left; by default the bare page
 */
export function Filter({ action, label, fields, hidden = {}, clear = action }: { action: string; label: string; fields: readonly FilterField[]; hidden?: Record<string, string>; clear?: string }) {
  const words = useWords().frame.filter
  const used = fields.some(({ value }) => value)
  return (
    <form method="get" action={action} className="filter" role="search" aria-label={label}>
      {Object.entries(hidden).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      {fields.map((field) => (
        <div key={field.name} className={field.kind === 'search' ? 'filter-search' : undefined}>
          <label htmlFor={`filter-${field.name}`}>{field.label}</label>
          {field.kind === 'choice' ? (
            <select className="input" id={`filter-${field.name}`} name={field.name} defaultValue={field.value ?? ''}>
              <option value="">{words.all}</option>
              {field.options.map((option) => (
                <option key={option.value} value={option.value}>
                  {option.count === undefined ? option.label : words.counted(option.label, option.count)}
                </option>
              ))}
            </select>
          ) : (
            <input className="input" id={`filter-${field.name}`} name={field.name} type={field.kind === 'day' ? 'date' : 'search'} max={field.kind === 'day' ? LAST_DAY : undefined} defaultValue={field.value} placeholder={field.kind === 'search' ? field.placeholder : undefined} autoComplete="off" />
          )}
        </div>
      ))}
      <div className="actions">
        <Button kind="main">{words.apply}</Button>
        {used ? <a href={clear}>{words.clear}</a> : null}
      </div>
    </form>
  )
}
