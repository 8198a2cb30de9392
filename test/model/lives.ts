import type { Request } from './question.ts'
import type { ChoreName } from './real.ts'

/** A request whose key is made when it is asked. */
export type Said = Omit<Request, 'key'>

/** How a hall comes to where a command is said, and the command. Counters 1 to 3 are open, with ann, bo and cui. */
export interface Life {
  name: string
  before: readonly (Said | { pass: number })[]
  command: Said | { chore: ChoreName }
}

const MINUTE = 60_000
/** When the hall's day begins, ms. */
const NINE = Date.parse('2025-06-02T01:00:00Z')

const permit: Said = { verb: 'issue', by: 'kiosk-1', serviceId: 'permit' }
const call: Said = { verb: 'call-next', by: 'ann', counterId: 'c1' }
const mine = (verb: Said['verb'], more: Partial<Said> = {}): Said => ({
  verb,
  by: 'ann',
  ticketId: 'T1',
  ...more,
})
/** Three wait, and the first of them is called. */
const called = [permit, permit, permit, call]
const served = [...called, mine('start')]
const held = [...served, mine('hold', { kind: 'fetching' })]
const missed = [...called, mine('no-show')]
const signs: Said = { verb: 'transfer', by: 'bo', ticketId: 'T2', to: { counterId: 'c2' } }

/** Every verb, in a hall where it succeeds. */
export const LIVES: readonly Life[] = [
  { name: 'issue', before: [permit], command: { ...permit, care: true, need: 'pregnant' } },
  {
    name: 'issue several matters',
    before: [permit],
    command: { ...permit, more: ['housing', 'subsidy'], order: 'any' },
  },
  {
    name: 'issue offline',
    before: [permit],
    command: { ...permit, verb: 'issue-offline', number: 'K1-01', at: Date.parse('2025-06-02T01:00:00Z') },
  },
  { name: 'open', before: [], command: { verb: 'open', by: 'boss', counterId: 'c4' } },
  {
    name: 'take over',
    before: called,
    command: { verb: 'open', by: 'cui', counterId: 'c1', takeOver: true },
  },
  { name: 'pause', before: [permit, permit, signs], command: { verb: 'pause', by: 'bo', counterId: 'c2' } },
  { name: 'close', before: [permit, permit, signs], command: { verb: 'close', by: 'bo', counterId: 'c2' } },
  { name: 'call-next', before: [permit, permit], command: call },
  { name: 'call-next, nobody waits', before: [], command: call },
  {
    name: 'call',
    before: [permit, permit],
    command: { verb: 'call', by: 'boss', ticketId: 'T2', counterId: 'c1' },
  },
  { name: 'recall', before: called, command: mine('recall') },
  {
    name: 'recall once too often',
    before: [...called, mine('recall'), mine('recall')],
    command: mine('recall'),
  },
  { name: 'start', before: called, command: mine('start') },
  { name: 'complete', before: served, command: mine('complete') },
  {
    name: 'complete one of several matters',
    before: [{ ...permit, more: ['housing'] }, call],
    command: mine('complete'),
  },
  { name: 'no-show', before: called, command: mine('no-show') },
  { name: 'rejoin', before: missed, command: mine('rejoin', { by: 'phone' }) },
  { name: 'hold', before: served, command: mine('hold', { kind: 'papers-kept' }) },
  {
    name: 'hold until another step is done',
    before: [{ ...permit, more: ['housing'] }, call],
    command: mine('hold', { kind: 'another-step' }),
  },
  {
    name: 'complete the other step',
    before: [
      { ...permit, more: ['housing'] },
      call,
      mine('hold', { kind: 'another-step' }),
      { verb: 'call-next', by: 'cui', counterId: 'c3' },
    ],
    command: mine('complete', { by: 'cui' }),
  },
  { name: 'resume', before: held, command: mine('resume') },
  { name: 'resume here', before: held, command: mine('resume-here', { counterId: 'c1' }) },
  { name: 'put back', before: called, command: mine('put-back') },
  {
    name: 'transfer to a lane',
    before: served,
    command: mine('transfer', { to: { laneId: 'b' }, note: '缺照片' }),
  },
  {
    name: 'transfer to a person',
    before: [permit, permit],
    command: mine('transfer', { to: { staffId: 'bo' } }),
  },
  { name: 'change service', before: called, command: mine('change-service', { serviceId: 'birth' }) },
  {
    name: 'change service and lane',
    before: called,
    command: mine('change-service', { serviceId: 'subsidy' }),
  },
  {
    name: 'add service',
    before: served,
    command: mine('add-service', { serviceId: 'housing', order: 'any' }),
  },
  {
    name: 'correct times',
    before: [...served, mine('complete')],
    command: mine('correct-times', { startedAt: Date.parse('2025-06-02T01:00:00Z') }),
  },
  {
    name: 'record a call on paper',
    before: [{ ...permit, more: ['housing'] }, { pass: 10 * MINUTE }],
    command: mine('record', {
      ...{ counterId: 'c1', outcome: 'completed' as const, calledAt: NINE + MINUTE },
      ...{ startedAt: NINE + 2 * MINUTE, endedAt: NINE + 6 * MINUTE },
    }),
  },
  {
    name: 'record that nobody came',
    before: [permit, { pass: 10 * MINUTE }],
    command: mine('record', { counterId: 'c1', outcome: 'missed', calledAt: NINE + MINUTE }),
  },
  {
    name: 'cancel',
    before: [{ ...permit, more: ['housing'], order: 'any' }],
    command: mine('cancel', { by: 'phone' }),
  },
  { name: 'care', before: [permit, permit], command: mine('care', { ticketId: 'T2', care: true }) },
  { name: 'skill', before: [permit, permit], command: mine('skill', { skill: 'signs' }) },
  {
    name: 'send home',
    before: [...missed, { pass: 11 * 60 * MINUTE }],
    command: { verb: 'send-home', by: 'boss' },
  },
  { name: 'undo a call', before: called, command: { verb: 'undo', by: 'ann', counterId: 'c1' } },
  {
    name: 'undo a completion',
    before: [...served, mine('complete')],
    command: { verb: 'undo', by: 'ann', counterId: 'c1' },
  },
  {
    name: 'undo a transfer',
    before: [...served, mine('transfer', { to: { laneId: 'b' } })],
    command: { verb: 'undo', by: 'ann', counterId: 'c1' },
  },
  {
    name: 'undo a call on paper',
    before: [
      permit,
      { pass: 10 * MINUTE },
      mine('record', { counterId: 'c1', outcome: 'missed', calledAt: NINE + MINUTE }),
    ],
    command: { verb: 'undo', by: 'ann', counterId: 'c1' },
  },
  { name: 'calls expire', before: [...called, { pass: 4 * MINUTE }], command: { chore: 'expire-calls' } },
  { name: 'holds become old', before: [...held, { pass: 11 * MINUTE }], command: { chore: 'old-holds' } },
  {
    name: 'the day closes',
    before: [
      permit,
      call,
      mine('no-show'),
      // In which order it closes several counters is its own affair.
      { verb: 'close', by: 'bo', counterId: 'c2' },
      { verb: 'close', by: 'cui', counterId: 'c3' },
      { pass: 12 * 60 * MINUTE },
    ],
    command: { chore: 'close-day' },
  },
]
