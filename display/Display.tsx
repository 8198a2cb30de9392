import { useComputed, useSignal, useSignalEffect } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import type { SiteView } from '#protocol/api.ts'
import { type Api, ApiError } from '#ui/api.ts'
import { EnrolmentScreen } from '#ui/components/EnrolmentScreen.tsx'
import { Loading } from '#ui/components/Loading.tsx'
import { later } from '#ui/components/later.tsx'
import type { Device } from '#ui/device.ts'
import { Hall } from './Hall.tsx'
import { type LastWall, lastWall } from './last-wall.ts'
import { wantedAt, wantedOf } from './zone.ts'

// Only the tablets at counters need it.
const Tablet = later(async () => (await import('./Tablet.tsx')).Tablet)

/** Nobody stands by a hall display: what could not be reached is tried again after this, ms. */
const AGAIN = 5_000

/** The screen from power-on: enrolled, then the hall's settings, then the wall. */
export function Display({ device, api }: { device: Device; api: Api }) {
  const site = useSignal<SiteView | null>(null)
  const last = useSignal<LastWall | null>(null)
  const asked = useSignal(wantedOf(location.hash))
  const wanted = useComputed(() => wantedAt(device.device.value?.place ?? null, asked.value))
  const page = useSignal({ width: innerWidth, height: innerHeight })

  useEffect(() => {
    const turned = () => {
      page.value = { width: innerWidth, height: innerHeight }
    }
    const turnedTo = () => {
      asked.value = wantedOf(location.hash)
    }
    window.addEventListener('resize', turned)
    window.addEventListener('hashchange', turnedTo)
    return () => {
      window.removeEventListener('resize', turned)
      window.removeEventListener('hashchange', turnedTo)
    }
  }, [page, asked])

  useSignalEffect(() => {
    const enrolled = device.state.value === 'enrolled' ? device.device.value : null
    // A page that begins anew has the last wall at once. [WALL15]
    last.value = enrolled ? lastWall(enrolled.siteId) : null
    site.value = last.value?.site ?? null
    if (!enrolled) return
    let timer: ReturnType<typeof setTimeout> | undefined
    const load = async () => {
      try {
        site.value = await api.site(enrolled.siteId)
      } catch (error) {
        if (error instanceof ApiError && error.status === 401) void device.forget()
        else timer = setTimeout(load, AGAIN)
      }
    }
    void load()
    return () => clearTimeout(timer)
  })

  if (device.state.value !== 'enrolled' || !device.device.value) return <EnrolmentScreen device={device} />
  if (!site.value) return <Loading />
  if (wanted.value.rate !== null) {
    return (
      <Tablet
        key={wanted.value.rate}
        site={site.value}
        device={device}
        api={api}
        counter={wanted.value.rate}
      />
    )
  }
  return <Hall site={site} device={device} api={api} last={last.value} wanted={wanted} page={page} />
}
