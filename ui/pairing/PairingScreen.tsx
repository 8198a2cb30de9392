import './pairing.css'
import { useEffect, useMemo } from 'preact/hooks'
import { Icon } from '../components/Icon.tsx'
import { Qr } from '../components/Qr.tsx'
import { Wordmark } from '../components/Wordmark.tsx'
import type { Device, Waiting } from '../device.ts'
import { awaitApproval } from './await-approval.ts'
import { messages, t } from './words.ts'

const zh = messages['zh-CN']
const en = messages.en

/** The code by which a supervisor lets this screen in, large and in both languages: nobody knows yet who stands here. [PAIR1] */
export function PairingScreen({ device, waiting }: { device: Device; waiting: Waiting }) {
  const approval = useMemo(() => awaitApproval(waiting, device), [waiting.secret])
  useEffect(() => approval.stop, [approval])
  const here = /^(localhost|127\.|\[::1\])/.test(location.hostname)
  // A phone is another machine: it could not follow a code with this one's own name for itself.
  const lead = here ? 'lead-here' : 'lead'
  const title = waiting.revoked ? 'revoked-title' : 'title'
  return (
    <main class="pairing" data-testid="pairing">
      <Wordmark />
      <header>
        {waiting.revoked && <Icon name="key" class="pairing-icon" />}
        <h1 lang="zh-CN" data-testid={title}>
          {zh[title]}
        </h1>
        <p lang="en">{en[title]}</p>
      </header>
      <p class="pairing-code number" data-testid="pairing-code">
        <span class="visually-hidden">{t('code')} </span>
        {waiting.code}
      </p>
      <footer>
        {!here && <Qr text={`${location.origin}/manage/#/screens/${waiting.code}`} />}
        <div>
          {waiting.revoked && (
            <p lang="zh-CN">
              {zh.title} · <span lang="en">{en.title}</span>
            </p>
          )}
          <p lang="zh-CN">{zh[lead]}</p>
          <p lang="en">{en[lead]}</p>
        </div>
      </footer>
      <p class="pairing-lost" role="status">
        {approval.lost.value && (
          <>
            <Icon name="unplugged" /> {zh.lost} <span lang="en">{en.lost}</span>
          </>
        )}
      </p>
    </main>
  )
}
