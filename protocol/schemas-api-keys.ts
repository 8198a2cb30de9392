import { z } from 'zod'
import { type ApiKeyItem, type ApiKeyRequest, type ApiKeyResponse, SCOPES } from './api-key.ts'

const id = z.string().min(1).max(64)
const ms = z.number().int().describe('milliseconds since the epoch')
const scopes = z.array(z.enum(SCOPES)).min(1).max(SCOPES.length)

export const apiKeyParams = z.object({ site: id, apiKey: id })

export const apiKeyRequest = z.strictObject({
  name: z.string().trim().min(1).max(40),
  scopes: scopes.refine((said) => new Set(said).size === said.length),
  days: z.number().int().min(1).max(366),
}) satisfies z.ZodType<ApiKeyRequest>

const apiKey = z.strictObject({
  id,
  name: z.string(),
  scopes,
  createdAt: ms,
  expiresAt: ms,
  usedAt: ms.nullable(),
}) satisfies z.ZodType<ApiKeyItem>

export const apiKeys = z.strictObject({ items: z.array(apiKey) })
export const apiKeyResponse = z.strictObject({
  apiKey,
  secret: z.string().describe('shown this once; the program asks with it as `Authorization: Bearer …`'),
}) satisfies z.ZodType<ApiKeyResponse>
