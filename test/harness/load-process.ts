// The process of load-apart.ts: gets a plan, runs it, reports.
import { once } from 'node:events'
import { Load, type LoadPlan } from './load.ts'

const [plan] = (await once(process, 'message')) as [LoadPlan]
process.send?.(await new Load(plan).run())
