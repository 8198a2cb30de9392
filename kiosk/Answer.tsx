import { Icon, type IconName } from '#ui/components/Icon.tsx'

interface Props {
  id: string
  icon: IconName
  name: string
  note: string
  onClick: () => void
}

/** One of the answers to a question: all are of the same weight. */
export function Answer({ id, icon, name, note, onClick }: Props) {
  return (
    <button type="button" class="answer" data-testid={id} onClick={onClick}>
      <span class="answer-icon">
        <Icon name={icon} />
      </span>
      <span class="answer-name">{name}</span>
      {note && <span class="answer-note">{note}</span>}
    </button>
  )
}
