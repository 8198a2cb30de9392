// `npm test`: everything, from a fresh checkout. Its last line is "N passed, N failed".
import { requireNode } from './node-version.mjs'
import {
  browserTests,
  budgets,
  build,
  dependencies,
  lint,
  packages,
  parts,
  runStages,
  types,
  vitestTests,
} from './stages.mjs'

requireNode()
runStages([dependencies, packages, parts, lint, types, vitestTests, build, budgets, browserTests])
