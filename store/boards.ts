import type { Leg } from '#domain/leg.ts'
import { CALLS_SHOWN, type PublicBoard, type StaffBoard } from '#protocol/board.ts'
import { toCall, toPublicHelp } from '#protocol/public.ts'
import type { Database } from './database.ts'

/** Both boards of a site as they stand, read as of one event number. */
export async function readBoards(
  database: Database,
  siteId: string,
): Promise<{ staff: StaffBoard; public: PublicBoard } | null> {
  const [row] = await database.query<{ staff: StaffBoard | null; wall: Leg[] }>(
    'select nuanhao.staff_board($1) as staff, nuanhao.wall($1, $2) as wall',
    [siteId, CALLS_SHOWN],
  )
  if (!row?.staff) return null
  return { staff: row.staff, public: publicBoard(row.staff, row.wall) }
}

/** What of a staff board, and the day's latest calls, everybody may know. */
function publicBoard(staff: StaffBoard, wall: Leg[]): PublicBoard {
  const waiting: PublicBoard['waiting'] = {}
  const counters: PublicBoard['counters'] = {}
  for (const { id, status } of Object.values(staff.counters)) {
    counters[id] = { status, number: null, serving: false }
  }
  for (const { state, laneId, counterId, number } of Object.values(staff.legs)) {
    if (state === 'waiting') waiting[laneId] = (waiting[laneId] ?? 0) + 1
    const counter = counterId === null ? undefined : counters[counterId]
    if (counter && (state === 'called' || state === 'serving')) {
      counter.number = number
      counter.serving = state === 'serving'
    }
  }
  const help = Object.fromEntries(Object.values(staff.help).map((call) => [call.kiosk, toPublicHelp(call)]))
  const { siteId, seq, at, day, revision } = staff
  return { siteId, seq, at, day, revision, waiting, counters, calls: wall.map(toCall), help }
}
