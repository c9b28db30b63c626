import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** Journeys take a minute and rules a moment: begun in this order, all workers end at about the same time. */
const ORDER = ['e2e', 'faults', 'site', 'apart', 'db', 'domain']

/** The order of a whole run, in which the projects share their workers. Within a project vitest's own order stays. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ project }: TestSpecification) => ORDER.indexOf(project.name)
    return (await super.sort(files)).sort((one, other) => place(one) - place(other))
  }
}
