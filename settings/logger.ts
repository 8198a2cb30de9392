import { type DestinationStream, type Logger, type LoggerOptions, pino } from 'pino'

/** What the log says of an error. */
interface Said {
  type: string
  message: string
  stack: string
  code?: unknown
  aggregateErrors?: Said[]
}

/**
 * Kind, message, place and code, and nothing else that a library hung on it: drivers hang on the values of a statement, the row
 * that would not do, the words of a command. [LEAK3]
 */
function saidOf(error: unknown): Said {
  const { type, message, stack, code, aggregateErrors } = pino.stdSerializers.err(error as Error)
  return {
    ...{ type, message, stack },
    ...(code !== undefined && { code }),
    ...(aggregateErrors && { aggregateErrors: aggregateErrors.map(saidOf) }),
  }
}

/** The program's log: a line of JSON each, on the standard output unless it says where. */
export function createLogger(level: LoggerOptions['level'] & string, into?: DestinationStream): Logger {
  const options = {
    level,
    serializers: { error: (error: unknown) => (error instanceof Error ? saidOf(error) : String(error)) },
  }
  return into ? pino(options, into) : pino(options)
}
