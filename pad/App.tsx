import { useSignal, useSignalEffect } from '@preact/signals'
import { useEffect, useMemo } from 'preact/hooks'
import type { SiteView } from '#protocol/api.ts'
import type { PadResponse } from '#protocol/device.ts'
import { type Api, ApiError } from '#ui/api.ts'
import { EnrolmentScreen } from '#ui/components/EnrolmentScreen.tsx'
import { Loading } from '#ui/components/Loading.tsx'
import type { Device } from '#ui/device.ts'
import { watchPublic } from '#ui/live.ts'
import { Pad } from './Pad.tsx'
import { padState, verbOfKey } from './pad-state.ts'
import { createPresses } from './presses.ts'

/** What could not be reached is tried again after this, ms. */
const AGAIN = 5_000

/** The pad from power-on: let in, then its counter. */
export function App({ device, api }: { device: Device; api: Api }) {
  const known = device.device.value
  if (device.state.value !== 'enrolled' || known === null) return <EnrolmentScreen device={device} />
  const counter = known.place?.counter ?? ''
  return (
    <AtCounter
      key={`${known.id} ${counter}`}
      device={device}
      api={api}
      siteId={known.siteId}
      counter={counter}
    />
  )
}

interface Props {
  device: Device
  api: Api
  siteId: string
  counter: string
}

function AtCounter({ device, api, siteId, counter }: Props) {
  const site = useSignal<SiteView | null>(null)
  const live = useMemo(() => watchPublic({ siteId, screen: device }), [siteId, device])
  useEffect(() => live.close, [live])
  useSignalEffect(() => {
    if (live.link.value === 'revoked') void device.forget()
  })
  // The hall's settings, at the start and when the board is of others.
  useSignalEffect(() => {
    const revision = live.board.value?.revision
    if (site.peek() !== null && (revision === undefined || revision === site.peek()?.revision)) return
    let timer: ReturnType<typeof setTimeout> | undefined
    const load = async () => {
      try {
        site.value = await api.site(siteId)
      } catch (error) {
        if (error instanceof ApiError && error.status === 401) void device.forget()
        else timer = setTimeout(load, AGAIN)
      }
    }
    void load()
    return () => clearTimeout(timer)
  })

  const stateNow = () => {
    const board = live.board.peek()
    const hall = site.peek()
    return board && hall && live.link.peek() === 'live' ? padState(board, hall, counter) : null
  }
  const presses = useMemo(
    () =>
      createPresses({
        send: (verb, seen) =>
          api.post<PadResponse>(`/counters/${encodeURIComponent(counter)}/pad/${verb}`, seen),
        shown: stateNow,
        onUnknown: () => void device.forget(),
      }),
    [live, counter],
  )
  useEffect(() => live.board.subscribe(() => presses.look()), [live, presses])
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      const verb = verbOfKey(event)
      if (verb === null) return
      event.preventDefault()
      void presses.press(verb)
    }
    document.addEventListener('keydown', pressed)
    return () => document.removeEventListener('keydown', pressed)
  }, [presses])

  const board = live.board.value
  const hall = site.value
  if (!hall || !board) return <Loading />
  return (
    <Pad
      site={hall}
      counter={counter}
      name={device.device.value?.name ?? ''}
      state={padState(board, hall, counter)}
      lost={live.link.value === 'live' ? null : { lastHeard: live.lastHeard.value }}
      presses={presses}
    />
  )
}
