/** One fault: the field, as a JSON pointer (RFC 6901), and what is wrong with it. */
export type Fault = { field: string; wrong: string }

/** What the verifier says, check by check. */
export type Findings = { passed: string[]; faults: Fault[] }

export type Check = (holds: boolean, field: string, wrong: string) => void

/** Gathers the faults of one named check; the name is printed when there is none. */
export function inOrder(findings: Findings): (name: string, work: (must: Check) => void) => void {
  return (name, work) => {
    const before = findings.faults.length
    work((holds, field, wrong) => {
      if (!holds) findings.faults.push({ field, wrong })
    })
    if (findings.faults.length === before) findings.passed.push(name)
  }
}
