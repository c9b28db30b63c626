type Form = Record<string, string | string[] | Blob>

export type Answer = { status: number; headers: Headers; text: string; location: string | null }

/** Somebody at a browser without JavaScript: keeps cookies, sends forms as pages do, follows redirects when asked to. */
export class Visitor {
  readonly address: string
  readonly cookies = new Map<string, string>()

  constructor(address: string) {
    this.address = address
  }

  /** One page, its redirects followed. */
  async get(pathOrUrl: string, headers: Record<string, string> = {}): Promise<Answer> {
    return this.follow(await this.send(pathOrUrl, { headers }), pathOrUrl)
  }

  /** Sends a form and does not follow where it leads: `location` says where. */
  post(pathOrUrl: string, form: Form = {}, headers: Record<string, string> = {}): Promise<Answer> {
    const hasFile = Object.values(form).some((value) => value instanceof Blob)
    const body = hasFile ? new FormData() : new URLSearchParams()
    for (const [name, value] of Object.entries(form)) for (const one of [value].flat()) (body as FormData).append(name, one as string)
    return this.send(pathOrUrl, { method: 'POST', body, headers: { Origin: this.address, 'Sec-Fetch-Site': 'same-origin', ...headers } })
  }

  /** Sends a form and follows where it leads, as a browser does. */
  async submit(pathOrUrl: string, form: Form = {}): Promise<Answer> {
    return this.follow(await this.post(pathOrUrl, form), pathOrUrl)
  }

  async signIn(signInName: string, password: string): Promise<Answer> {
    const answer = await this.post('/sign-in', { signInName, password })
    if (answer.status !== 302 && answer.status !== 303) throw new Error(`Signing in as ${signInName} was answered with ${answer.status}.`)
    return this.follow(answer, '/sign-in')
  }

  async send(pathOrUrl: string, init: RequestInit): Promise<Answer> {
    const response = await fetch(new URL(pathOrUrl, this.address), {
      ...init,
      redirect: 'manual',
      headers: { Accept: 'text/html', 'Accept-Language': 'zh-CN', ...this.cookieHeader(), ...(init.headers as Record<string, string>) },
    })
    for (const line of response.headers.getSetCookie()) this.keep(line)
    return { status: response.status, headers: response.headers, text: await response.text(), location: response.headers.get('location') }
  }

  private async follow(first: Answer, from: string): Promise<Answer> {
    let [answer, at] = [first, new URL(from, this.address)]
    for (let hops = 0; answer.location && hops < 10; hops++) {
      at = new URL(answer.location, at)
      answer = await this.send(at.href, {})
    }
    return answer
  }

  private cookieHeader(): Record<string, string> {
    const pairs = [...this.cookies].map(([name, value]) => `${name}=${value}`)
    return pairs.length ? { Cookie: pairs.join('; ') } : {}
  }

  private keep(line: string): void {
    const [pair = '', ...attributes] = line.split(';')
    const [name, value] = [pair.slice(0, pair.indexOf('=')).trim(), pair.slice(pair.indexOf('=') + 1).trim()]
    const gone = attributes.some((attribute) => /^\s*max-age=0\s*$/i.test(attribute) || /^\s*expires=Thu, 01 Jan 1970/i.test(attribute))
    if (gone || value === '') this.cookies.delete(name)
    else this.cookies.set(name, value)
  }
}
