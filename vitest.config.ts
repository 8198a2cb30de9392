import { availableParallelism } from 'node:os'
import { configDefaults, defineConfig } from 'vitest/config'
import { keepTemporaryFilesInMemory } from './test/parts/in-memory.ts'
import { LongestFirst } from './test/parts/longest-first.ts'

keepTemporaryFilesInMemory()

// Contract tests talk to a real PostgreSQL and Redis. Every other *.test.ts is a unit test, so none is ever left out.
const contract = ['{store,line,server,worker,test}/**/*.test.ts']
const unitWithinTest = [
  'test/compose.test.ts',
  'test/imports.test.ts',
  'test/screens-know-no-role.test.ts',
  'test/spec.test.ts',
  'test/styles.test.ts',
]
const notVitest = [...configDefaults.exclude, 'dist/**', 'data/**', 'test/e2e/**']

// Files keep nothing from one to the next (isolate: false), so that a process loads and compiles a module once for all of them.

// What takes longer hangs. How fast the machine is, and who else is at work on it, says nothing about the program.
const HANGS = 180_000

export default defineConfig({
  test: {
    // Two at least, so that files overlap on a small machine; four at most, because an embedded database takes 0.9 GB.
    maxWorkers: Math.min(4, Math.max(2, availableParallelism())),
    retry: 0,
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        test: {
          name: 'unit',
          testTimeout: HANGS,
          isolate: false,
          include: ['**/*.test.{ts,tsx}'],
          exclude: [
            ...notVitest,
            '{store,line,server,worker}/**',
            'test/!(compose|imports|screens-know-no-role|spec|styles).test.ts',
            'test/*/**',
          ],
        },
      },
      {
        test: {
          name: 'contract',
          isolate: false,
          include: contract,
          exclude: [...notVitest, ...unitWithinTest],
          globalSetup: 'test/parts/globalSetup.ts',
          testTimeout: HANGS,
          hookTimeout: HANGS,
          expect: { poll: { timeout: 15_000 } },
        },
      },
    ],
  },
})
