import { useEffect, useRef } from 'preact/hooks'
import { Button } from '#ui/components/Button.tsx'
import { Account, type AccountProps } from './Account.tsx'
import { t } from './words.ts'

/** One's account over the work, which stays as it is: while it is open no key of the desk means anything. */
export function AccountSheet({ onClose, ...account }: AccountProps & { onClose: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => {
    // Before the desk hears of it, also where nothing has the focus.
    const keep = (event: KeyboardEvent) => {
      event.stopPropagation()
      if (event.key !== 'Escape') return
      event.preventDefault()
      onClose()
    }
    addEventListener('keydown', keep, true)
    dialog.current?.showModal()
    return () => removeEventListener('keydown', keep, true)
  }, [])
  return (
    <dialog
      class="account-sheet card card--raised"
      aria-labelledby="account-title"
      ref={dialog}
      data-testid="account"
    >
      <header class="account-head">
        <h1 id="account-title">{t('account')}</h1>
        <Button tone="quiet" icon="close" data-testid="account-close" onClick={onClose}>
          {t('close')}
        </Button>
      </header>
      <Account {...account} />
    </dialog>
  )
}
