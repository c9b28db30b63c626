import { BaseSequencer, type TestSpecification } from 'vitest/node'

/**
 * What needs no town runs while it is told; then what takes minutes, and at last what takes a moment,
 * so that all workers end at about the same time.
 */
const ORDER = ['db', 'e2e', 'faults', 'site', 'apart', 'domain']

/** The order of a whole run, in which the projects share their workers. Within a project vitest's own order stays. */
export class FileOrder extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ project }: TestSpecification) => ORDER.indexOf(project.name)
    return (await super.sort(files)).sort((one, other) => place(one) - place(other))
  }
}
