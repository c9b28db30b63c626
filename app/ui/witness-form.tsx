import type { Witnessing } from '#app/domain/draw/witness.ts'
import { useNonce } from '#app/nonce.ts'
import { paths } from '#app/paths.ts'
import { sentenceOf } from '#app/words/words.ts'
import { Button, ButtonLink } from './button.tsx'
import { Confirm } from './confirm.tsx'
import { Field, kept, type Rejected } from './field.tsx'
import { PostForm } from './form.tsx'
import { useWords } from './locale.tsx'
import { Notice } from './notice.tsx'
import { Section } from './page.tsx'

type Given = { number: string; witnessing: Witnessing; isVisitor: boolean; isDecided: boolean; rejected: Rejected | undefined; script: string | null }

/**
 * What a reader may do as a witness: enrol before there is a result, sign after. Where scripts run the browser makes the key
 * (app/client/witness.ts); where none do the form posts by itself, and what it says of the account is true.
 */
export function WitnessForm({ number, witnessing, isVisitor, isDecided, rejected, script }: Given) {
  const all = useWords()
  const words = all.witnesses
  const nonce = useNonce()
  const { why, may, enrolled, signed, statement, left, keyName } = witnessing
  const act = isDecided ? words.sign : words.enrol
  const task = { name: keyName, text: statement?.text ?? null, enrolled: enrolled?.publicKey ?? null, say: { otherKey: words.sign.otherKey, working: words.sign.working, failed: words.sign.failed } }
  return (
    <Section title={act.title} lead={act.lead}>
      {signed ? <p className="measure">{words.sign.done(signed.place)}</p> : null}
      {!signed && enrolled && !isDecided ? <p className="measure">{enrolled.publicKey ? words.enrol.done : words.enrol.withoutKey}</p> : null}
      {why ? <Notice>{sentenceOf(all, why)}</Notice> : null}
      {isVisitor && !why ? (
        <>
          <p className="measure">{words.signIn}</p>
          <div className="actions">
            <ButtonLink kind="main" href={paths.signIn({ next: paths.witnesses(number) })}>{words.signInLink}</ButtonLink>
            <ButtonLink href={paths.register({ as: 'owner' })}>{words.register}</ButtonLink>
          </div>
        </>
      ) : null}
      {statement && !signed ? (
        <div className="actions">
          <ButtonLink href={`${paths.tender(number)}#verify`}>{words.what.check}</ButtonLink>
        </div>
      ) : null}
      {may ? (
        <div className="mt-4" data-witness={JSON.stringify(task)}>
          <PostForm action={paths.witnesses(number)} rejected={rejected} labels={{ confirmed: words.sign.confirm }} id={may}>
            <input type="hidden" name="act" value={may} />
            <input type="hidden" name="publicKey" value="" autoComplete="off" />
            {may === 'sign' ? <input type="hidden" name="signature" value="" autoComplete="off" /> : null}
            {may === 'sign' ? <Field kind="checkbox" name="confirmed" label={words.sign.confirm} text={words.sign.confirmed} errors={rejected?.errors.confirmed} value={kept(rejected, 'confirmed').value === 'yes'} /> : null}
            <p className="measure small" data-part="door">{words.key.door}</p>
            <p className="measure small" data-part="here" hidden>{words.key.here}</p>
            <p className="small muted">{act.left(left)}</p>
            <div className="actions">
              <Button kind="main">{act.button}</Button>
            </div>
            <p className="small measure" role="status" data-part="status" />
          </PostForm>
          {script ? <script type="module" src={script} nonce={nonce} suppressHydrationWarning /> : null}
        </div>
      ) : null}
      {!signed && enrolled && !isDecided && !why ? <Confirm title={words.enrol.leave} consequences={[words.done.left.text]} action={paths.witnesses(number)} values={{ act: 'leave' }} repeatable /> : null}
    </Section>
  )
}
