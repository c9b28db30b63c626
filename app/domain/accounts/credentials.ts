import { z } from 'zod'
import { name } from './text.ts'

/** Latin letters in any case, digits, Chinese characters and . _ @ - : what people can say on the telephone. */
const SIGN_IN_NAME = /^[a-z0-9\p{Script=Han}][a-z0-9\p{Script=Han}._@-]*$/u

export const PASSWORD_LEAST = 10
export const PASSWORD_MOST = 128

/** The name as it is stored and compared. */
export function normaliseSignInName(text: string): string {
  return text.normalize('NFKC').trim().toLowerCase()
}

export const SignInName = z
  .string('forms.required')
  .transform(normaliseSignInName)
  .superRefine((given, context) => {
    const length = [...given].length
    if (length === 0) context.addIssue({ code: 'custom', message: 'forms.required' })
    else if (length < 3 || length > 64) context.addIssue({ code: 'custom', message: 'accounts.sign-in-name-length' })
    else if (!SIGN_IN_NAME.test(given)) context.addIssue({ code: 'custom', message: 'accounts.sign-in-name-signs' })
  })

/** Passwords that everybody tries first; whole ones, compared without case. */
const KNOWN = new Set(['password123', 'password1234', 'qwertyuiop', '1q2w3e4r5t', '1qaz2wsx3edc', 'woaini1314', 'iloveyou123', 'admin12345', 'administrator', 'welcome123', 'abc123456789', 'asdfghjkl123', 'zxcvbnm123', 'qwerty12345', '1234qwer1234'])

/**
 * Why a password is refused, or null. Length is what counts; no rule asks for signs of four kinds
 * (OWASP ASVS 5.0, 6.2.1 to 6.2.12).
 *
 * @param known what an attacker knows of the account: its sign-in name, its organisation's code
 */
export function passwordFault(password: string, known: readonly string[] = []): string | null {
  const length = [...password].length
  if (length === 0) return 'forms.required'
  if (length < PASSWORD_LEAST) return 'accounts.password-short'
  if (length > PASSWORD_MOST) return 'accounts.password-long'
  const plain = password.toLowerCase()
  if (KNOWN.has(plain) || new Set(plain).size < 4 || isStaircase(plain)) return 'accounts.password-known'
  if (known.some((word) => word.length >= 4 && plain.includes(word.toLowerCase()))) return 'accounts.password-own'
  return null
}

/** `1234567890`, `abcdefghij`, and both backwards. */
function isStaircase(word: string): boolean {
  const steps = [...word].slice(1).map((sign, place) => sign.codePointAt(0)! - word.charCodeAt(place))
  return steps.filter((step) => step === steps[0]).length >= steps.length - 1 && Math.abs(steps[0]!) <= 1
}

export const NewPassword = z.string('forms.required').superRefine((password, context) => {
  const fault = passwordFault(password)
  if (fault) context.addIssue({ code: 'custom', message: fault })
})

/** The part of a registration that makes its first account. */
export const AccountFields = { displayName: name(60), signInName: SignInName, password: NewPassword, passwordAgain: z.string('forms.required') }

/** Checks that need two fields: the repetition, and what of the form the password must not contain. */
export function checkPassword(form: { password: string; passwordAgain: string; signInName: string; uscc?: string }, context: z.RefinementCtx): void {
  if (form.password !== form.passwordAgain) context.addIssue({ code: 'custom', message: 'accounts.password-again', path: ['passwordAgain'] })
  if (passwordFault(form.password, [form.signInName, ...(form.uscc ? [form.uscc] : [])]) === 'accounts.password-own') {
    context.addIssue({ code: 'custom', message: 'accounts.password-own', path: ['password'] })
  }
}

/** The sign-in form: whatever was typed is looked up, so that the answer never says which names exist. */
export const SignInForm = z.object({
  signInName: z.string('forms.required').min(1, 'forms.required').max(200, 'accounts.sign-in-wrong').transform(normaliseSignInName),
  password: z.string('forms.required').min(1, 'forms.required').max(1000, 'accounts.sign-in-wrong'),
})
