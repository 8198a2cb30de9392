import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { Button } from '#ui/components/Button.tsx'
import { t } from './words.ts'

/** Down and up by most of a screen, wherever a screen is longer than its glass: nobody needs to know how to swipe. [ACCESS3] */
export function PageButtons() {
  const above = useSignal(false)
  const below = useSignal(false)

  useEffect(() => {
    const page = document.documentElement
    const look = (): void => {
      above.value = page.scrollTop > 1
      below.value = page.scrollTop + innerHeight < page.scrollHeight - 1
    }
    const grown = new ResizeObserver(look)
    grown.observe(document.body)
    document.addEventListener('scroll', look, { passive: true })
    addEventListener('resize', look)
    return () => {
      grown.disconnect()
      document.removeEventListener('scroll', look)
      removeEventListener('resize', look)
    }
  }, [])

  if (!above.value && !below.value) return null
  const turn = (way: 1 | -1): void => {
    const bar = document.querySelector('.access')?.clientHeight ?? 0
    scrollBy({ top: way * Math.max(innerHeight - bar, innerHeight / 2) * 0.8 })
  }
  return (
    <span class="access-pages">
      <Button icon="up" disabled={!above.value} onClick={() => turn(-1)} data-testid="page-up">
        {t('page-up')}
      </Button>
      <Button
        tone="primary"
        icon="down"
        disabled={!below.value}
        onClick={() => turn(1)}
        data-testid="page-down"
      >
        {t('page-down')}
      </Button>
    </span>
  )
}
