import './audit.css'
import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import type { AuditItem, AuditQuestion, AuditResponse, SiteView } from '#protocol/api.ts'
import type { ErrorKey } from '#protocol/errors.ts'
import { type Api, errorKeyOf } from '#ui/api.ts'
import { Button } from '#ui/components/Button.tsx'
import { Icon } from '#ui/components/Icon.tsx'
import { Loading } from '#ui/components/Loading.tsx'
import { Notice } from '#ui/components/Notice.tsx'
import { errorWords } from '#ui/error-words.ts'
import { AuditRows } from './AuditRows.tsx'
import { AuditSearch } from './AuditSearch.tsx'
import { t } from './words.ts'

interface Props {
  api: Pick<Api, 'audit' | 'auditSheet'>
  site: SiteView
  /** null while the server's clock is not known. */
  today: string | null
  /** Whoever looks is told the reasons, too. [ROLE7] */
  whole: boolean
  onExpired: () => void
}

/** Who did what in the hall, and whether that is still as it was written. [AUDIT9] */
export function AuditPage({ api, site, today, whole, onExpired }: Props) {
  const question = useSignal<AuditQuestion | null>(null)
  const answer = useSignal<AuditResponse | null>(null)
  const earlier = useSignal<AuditItem[]>([])
  const error = useSignal<ErrorKey | null>(null)
  const busy = useSignal(false)

  const ask = async (asked: AuditQuestion, more: boolean) => {
    busy.value = true
    error.value = null
    const rows = [...earlier.value, ...(answer.value?.items ?? [])]
    const before = more ? rows.at(-1)?.n : undefined
    try {
      const fresh = await api.audit(site.id, { ...asked, ...(before !== undefined && { before }) })
      // Another search was begun meanwhile.
      if (question.peek() !== asked) return
      earlier.value = more ? rows : []
      answer.value = fresh
    } catch (thrown) {
      if (question.peek() !== asked) return
      const key = errorKeyOf(thrown)
      error.value = key
      if (key === 'unauthenticated') onExpired()
    }
    busy.value = false
  }
  const search = (asked: AuditQuestion) => {
    question.value = asked
    void ask(asked, false)
  }
  useEffect(() => {
    if (today !== null && question.peek() === null) search({ from: today, to: today })
  }, [today])

  const asked = question.value
  if (asked === null || today === null) return <Loading />
  const rows = [...earlier.value, ...(answer.value?.items ?? [])]
  return (
    <main class="audit" data-testid="audit">
      <header class="audit-head">
        <h1>{t('title')}</h1>
        {answer.value && <Held head={answer.value.head} />}
        {!whole && (
          <p class="audit-held" data-testid="audit-part">
            {t('part')}
          </p>
        )}
      </header>
      <AuditSearch
        today={today}
        actors={answer.value?.actors ?? []}
        busy={busy.value}
        onSearch={search}
        sheet={(what) => api.auditSheet(site.id, what)}
      />
      {error.value && <Notice tone="madder">{errorWords(error.value)}</Notice>}
      {answer.value ? (
        <AuditRows rows={rows} site={site} actors={answer.value.actors} days={asked.from !== asked.to} />
      ) : (
        busy.value && <Loading />
      )}
      {answer.value?.more && (
        <div class="audit-more">
          <Button busy={busy.value} data-testid="audit-earlier" onClick={() => void ask(asked, true)}>
            {t('earlier')}
          </Button>
        </div>
      )}
    </main>
  )
}

/** Whether the chain held when it was read through last. */
function Held({ head }: Pick<AuditResponse, 'head'>) {
  if (head === null) return <p class="audit-held">{t('not-yet')}</p>
  if (head.bad !== null) {
    const [, row = ''] = head.bad.split(' ')
    return (
      <Notice tone="madder" title={t('broken', { day: head.day, row })}>
        <p>
          {t('broken-lead')} <code>npm run audit -- verify</code>
        </p>
      </Notice>
    )
  }
  return (
    <p class="audit-held audit-held--well" data-testid="audit-held">
      <Icon name="shield" />
      {t('held', { day: head.day, n: head.n })}
    </p>
  )
}
