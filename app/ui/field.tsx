import type { ReactNode } from 'react'
import { AboutField, describedBy } from './about-field.tsx'
import { useWords } from './locale.tsx'

/** What `submit` answers with when the answer is no. */
export type Rejected = { errors: Record<string, string[]>; values: Record<string, string | string[]> }

export type Option = { value: string; label: ReactNode; hint?: ReactNode }

type Common = {
  name: string
  label: string
  hint?: ReactNode
  /** Sentences of what is wrong, from the action. */
  errors?: readonly string[]
  /** Required unless said otherwise; optional fields say so beside their label. */
  optional?: boolean
  disabled?: boolean
}

export type FieldProps = Common &
  (
    | {
        kind?: 'text'
        value?: string
        type?: 'text' | 'search' | 'email' | 'tel' | 'password' | 'date' | 'number' | 'url'
        inputMode?: 'text' | 'numeric' | 'decimal'
        autoComplete?: string
        placeholder?: string
        maxLength?: number
        /** A field for little: a date, a number, a code. */
        short?: boolean
        /** The unit behind the field, such as 元. */
        unit?: string
        /** The id of a datalist with answers to pick from. */
        list?: string
      }
    | { kind: 'textarea'; value?: string; rows?: number; maxLength?: number; placeholder?: string }
    | { kind: 'select'; value?: string; options: readonly Option[]; placeholder?: string }
    | { kind: 'radio'; value?: string; options: readonly Option[] }
    | { kind: 'checkboxes'; value?: readonly string[]; options: readonly Option[] }
    | { kind: 'checkbox'; value?: boolean; text: ReactNode }
  )

/** What an action gave back for one field: its errors, and the value as it was typed. */
export function kept(result: Rejected | undefined | null, name: string, otherwise = ''): { errors: string[] | undefined; value: string } {
  const value = result?.values[name]
  return { errors: result?.errors[name], value: value === undefined ? (result ? '' : otherwise) : Array.isArray(value) ? (value[0] ?? '') : value }
}

/** The same for a field of several choices. */
export function keptAll(result: Rejected | undefined | null, name: string, otherwise: readonly string[] = []): { errors: string[] | undefined; value: string[] } {
  const value = result?.values[name]
  return { errors: result?.errors[name], value: value === undefined ? (result ? [] : [...otherwise]) : Array.isArray(value) ? value : [value] }
}

/** Without an end, a browser takes a year of six digits and a day typed in another order turns into nonsense. */
export const LAST_DAY = '9999-12-31'

export function fieldId(name: string): string {
  return `field-${name.replaceAll('.', '-')}`
}

/** One question of a form, with its hint, what is wrong with the answer, and the answer kept. */
export function Field(props: FieldProps) {
  const { name, label, hint, errors, optional } = props
  const words = useWords().forms
  const id = fieldId(name)
  const wrong = Boolean(errors?.length)
  const described = describedBy({ id, hint, errors })
  const about = <AboutField id={id} hint={hint} errors={errors} />
  const mark = optional ? <span className="optional">{words.optional}</span> : null
  const className = wrong ? 'field field-wrong' : 'field'
  const shared = { id, name, disabled: props.disabled, ...described }

  if (props.kind === 'radio' || props.kind === 'checkboxes') {
    return (
      <fieldset className={className} id={id} tabIndex={-1} aria-describedby={described['aria-describedby']}>
        <legend>
          {label}
          {mark}
        </legend>
        {about}
        {props.options.map((option, index) => (
          <label className="choice" key={option.value}>
            <input
              type={props.kind === 'radio' ? 'radio' : 'checkbox'}
              name={name}
              value={option.value}
              required={props.kind === 'radio' && !optional && index === 0 ? true : undefined}
              aria-invalid={described['aria-invalid']}
              defaultChecked={props.kind === 'radio' ? props.value === option.value : (props.value ?? []).includes(option.value)}
            />
            <span>
              {option.label}
              {option.hint ? <span className="hint block">{option.hint}</span> : null}
            </span>
          </label>
        ))}
      </fieldset>
    )
  }
  if (props.kind === 'checkbox') {
    return (
      <div className={className}>
        <p className="font-bold">{label}</p>
        {about}
        <label className="choice">
          <input {...shared} type="checkbox" value="yes" defaultChecked={props.value} required={!optional} />
          <span>{props.text}</span>
        </label>
      </div>
    )
  }
  return (
    <div className={className}>
      <label htmlFor={id}>
        {label}
        {mark}
      </label>
      {about}
      {props.kind === 'textarea' ? (
        <textarea {...shared} className="input" rows={props.rows ?? 4} maxLength={props.maxLength} placeholder={props.placeholder} defaultValue={props.value} required={!optional} />
      ) : props.kind === 'select' ? (
        <select {...shared} className="input" defaultValue={props.value ?? ''} required={!optional}>
          <option value="">{props.placeholder ?? words.choose}</option>
          {props.options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </select>
      ) : (
        <div className="input-row">
          <input
            {...shared}
            className={props.short ? 'input input-short' : 'input'}
            type={props.type ?? 'text'}
            inputMode={props.inputMode}
            autoComplete={props.autoComplete ?? 'off'}
            placeholder={props.placeholder}
            maxLength={props.maxLength}
            max={props.type === 'date' ? LAST_DAY : undefined}
            list={props.list}
            defaultValue={props.value}
            required={!optional}
          />
          {props.unit ? <span>{props.unit}</span> : null}
        </div>
      )}
    </div>
  )
}
