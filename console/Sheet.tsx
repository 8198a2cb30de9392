import type { ComponentChildren } from 'preact'
import { useLayoutEffect, useRef } from 'preact/hooks'
import { Button } from '#ui/components/Button.tsx'
import { t } from './words.ts'

interface Props {
  title: string
  note: string
  onLeave: () => void
  /** What Enter means outside of fields and buttons. */
  onEnter?: () => void
  children: ComponentChildren
}

/** A choice that lies over the main actions, so that none of them is pressed meanwhile. */
export function Sheet({ title, note, onLeave, onEnter, children }: Props) {
  // Not to an option: a second Enter must not choose.
  const heading = useRef<HTMLHeadingElement>(null)
  // At once, not after the next picture: the next key may follow the one that opened it closely.
  useLayoutEffect(() => heading.current?.focus({ preventScroll: true }), [])
  useLayoutEffect(() => {
    if (!onEnter) return
    const press = (event: KeyboardEvent) => {
      if (event.key !== 'Enter' || event.isComposing || event.repeat) return
      if (event.target instanceof Element && event.target.closest('button, input, a')) return
      event.preventDefault()
      onEnter()
    }
    document.addEventListener('keydown', press)
    return () => document.removeEventListener('keydown', press)
  }, [])
  return (
    <div class="sheet" role="dialog" aria-labelledby="sheet-title" data-testid="sheet">
      <header class="sheet-head">
        <h2 class="sheet-title" id="sheet-title" ref={heading} tabIndex={-1}>
          {title}
        </h2>
        <p class="sheet-note">{note}</p>
        <Button tone="quiet" class="sheet-leave" onClick={onLeave} data-testid="sheet-leave">
          {t('leave')}
          <span class="act-key" aria-hidden="true">
            Esc
          </span>
        </Button>
      </header>
      <div class="sheet-body">{children}</div>
    </div>
  )
}
