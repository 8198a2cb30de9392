/** A ticket's public face, `A012`. Read out letter by letter, digit by digit. */
export function TicketNumber({ number, testId }: { number: string; testId?: string }) {
  return (
    <span class="ticket-number" data-testid={testId} role="img" aria-label={[...number].join(' ')}>
      {number}
    </span>
  )
}
