import { paths } from '#app/paths.ts'
import { Button } from '#app/ui/button.tsx'
import { Field, kept, type Rejected } from '#app/ui/field.tsx'
import { PostForm } from '#app/ui/form.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { Upload } from '#app/ui/upload.tsx'

/** A form that came back: one thing is wrong, and every answer is kept. */
export function SampleForm() {
  const { frame, forms, parts } = useWords()
  const words = parts.fields
  const rejected: Rejected = { errors: { title: [words.titleError], method: [forms.refusals.required] }, values: { title: parts.service.slice(0, 2), requirements: parts.type[3]! } }
  return (
    <PostForm action={paths.parts()} rejected={rejected} labels={{ title: words.title, method: words.method }}>
      <Field name="title" label={words.title} hint={words.titleHint} {...kept(rejected, 'title')} />
      <Field kind="textarea" name="requirements" label={words.requirements} {...kept(rejected, 'requirements')} />
      <Field name="ceiling" label={words.ceiling} unit={frame.yuan} inputMode="decimal" short value="12000.50" />
      <Field name="day" type="date" label={parts.filter.day} short optional />
      <Field kind="select" name="division" label={words.division} options={words.divisions.map((label) => ({ value: label, label }))} />
      <Field kind="radio" name="method" label={words.method} options={words.methods.map(([label, hint]) => ({ value: label!, label, hint }))} {...kept(rejected, 'method')} />
      <Field kind="checkboxes" name="material" label={words.material} optional value={[words.materials[0]!]} options={words.materials.map((label) => ({ value: label, label }))} />
      <Field kind="checkbox" name="promise" label={words.promise} text={words.promiseText} />
      <Upload
        name="file"
        label={words.file}
        hint={words.fileHint}
        accept=".pdf,.jpg,.png"
        files={[
          { key: '1', name: 'A-2026-001.pdf', bytes: 845_000, recognised: words.recognised },
          { key: '2', name: 'B-2026-002.pdf', bytes: 4_000_000, progress: 62 },
          { key: '3', name: 'C-2026-003.pdf', bytes: 13_000_000, error: words.tooLarge },
        ]}
      />
      <div className="actions">
        <Button kind="main">{parts.steps[4]}</Button>
      </div>
    </PostForm>
  )
}
