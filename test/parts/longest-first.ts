import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** The files that take longest, the longest first: one of them begun last would leave the other workers idle. */
const LONGEST = [
  'test/fuzz.test.ts',
  'test/model.test.ts',
  'test/hall-file.test.ts',
  'test/crash.test.ts',
  'test/injection.test.ts',
  'test/concurrency.test.ts',
  'test/leak.test.ts',
  'test/backup.test.ts',
  'store/migrations.test.ts',
  'worker/trim-bullmq.test.ts',
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
