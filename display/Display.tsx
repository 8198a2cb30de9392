import { useSignal, useSignalEffect } from '@preact/signals'
import type { SiteView } from '#protocol/api.ts'
import { type Api, ApiError } from '#ui/api.ts'
import { EnrolmentScreen } from '#ui/components/EnrolmentScreen.tsx'
import { Loading } from '#ui/components/Loading.tsx'
import { RevokedScreen } from '#ui/components/RevokedScreen.tsx'
import type { Device } from '#ui/device.ts'
import { Hall } from './Hall.tsx'

/** Nobody stands by a hall display: what could not be reached is tried again after this, ms. */
const AGAIN = 5_000

/** The screen from power-on: enrolled, then the hall's settings, then the wall. */
export function Display({ device, api }: { device: Device; api: Api }) {
  const site = useSignal<SiteView | null>(null)
  const revoked = useSignal(false)

  useSignalEffect(() => {
    if (device.state.value !== 'failed') return
    const timer = setTimeout(() => device.enrol(), AGAIN)
    return () => clearTimeout(timer)
  })

  useSignalEffect(() => {
    const enrolled = device.state.value === 'enrolled' ? device.device.value : null
    site.value = null
    revoked.value = false
    if (!enrolled) return
    let timer: ReturnType<typeof setTimeout> | undefined
    const load = async () => {
      try {
        site.value = await api.site(enrolled.siteId)
      } catch (error) {
        if (error instanceof ApiError && error.status === 401) revoked.value = true
        else timer = setTimeout(load, AGAIN)
      }
    }
    void load()
    return () => clearTimeout(timer)
  })

  if (device.state.value !== 'enrolled' || !device.device.value) return <EnrolmentScreen device={device} />
  if (revoked.value) return <RevokedScreen device={device} />
  if (!site.value) return <Loading />
  return (
    <Hall site={site} token={device.device.value.token} api={api} onRevoked={() => (revoked.value = true)} />
  )
}
