import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** The files that take longest, the longest first: one of them begun last would leave the other workers idle. */
const LONGEST = [
  'test/model.test.ts',
  'test/concurrency.test.ts',
  'test/injection.test.ts',
  'test/hall-file.test.ts',
  'test/crash.test.ts',
  'test/backup.test.ts',
  'test/fuzz.test.ts',
  'test/practice.test.ts',
  'test/leak-day.test.ts',
  'test/start.test.ts',
  'test/printing.test.ts',
  'test/theory/simulation.test.ts',
  'store/migrations.test.ts',
]

/** Starts the longest files first. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId }: TestSpecification) => {
      const at = LONGEST.findIndex((name) => moduleId.endsWith(`/${name}`))
      return at < 0 ? LONGEST.length : at
    }
    return (await super.sort(files)).sort((a, b) => place(a) - place(b))
  }
}
