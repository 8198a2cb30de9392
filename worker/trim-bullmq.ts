import type { Chore } from './chore.ts'

/** BullMQ tells the life of every job in an event log of its own that nobody here reads: it is kept short. [TRIM1] */
export const trimBullmq: Chore = {
  name: 'trim-bullmq',
  every: 60_000,
  run: (hall) => hall.line.connection.trim(),
}
