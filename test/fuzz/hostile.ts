import fc from 'fast-check'

/** What somebody would try who means harm, or whose program is broken. */
const STRINGS = [
  ...["'; drop table nuanhao.event; --", "' or '1'='1", '$1', '%', '_', '\\'],
  ...['../../../../etc/passwd', '..%2f..%2fkeys%2fnuanhao.key', 'C:\\windows\\win.ini', '/proc/self/environ'],
  ...['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty'],
  ...['<script>alert(1)</script>', '"><img src=x onerror=alert(1)>', '{{7*7}}'],
  ...['=1+1', '+1', '-1', '@SUM(A1)', "=cmd|' /C calc'!A0", '\t=1+1'],
  ...[
    '\u0000',
    'a\u0000b',
    '\ud800',
    '\udfff',
    '\u202e',
    '\ufeff',
    '👩🏽‍🦽',
    'ﷺ',
    '暖'.repeat(300),
    'x'.repeat(5_000),
  ],
  ...['http://127.0.0.1:6379/', 'http://169.254.169.254/latest/', 'file:///etc/passwd', 'redis://localhost'],
  ...['', ' ', 'null', 'undefined', 'NaN', 'true', '0', '1e309', '2025-06-31', '25:61', 'Etc/Nowhere'],
]
const OTHERS = [
  ...[null, true, false, 0, -0, -1, 1.5, 2 ** 31, 2 ** 53, -(2 ** 53), 1e308, 5e-324],
  ...[[], {}, [[]], [null], { length: 1e9 }, { toJSON: 'x' }],
]

export const hostileString: fc.Arbitrary<string> = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...STRINGS) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 40 }) },
)

export const hostile: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 3, arbitrary: hostileString },
  { weight: 2, arbitrary: fc.constantFrom(...OTHERS) },
  { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 3 }) },
)

/** Bodies that are no JSON of ours at all. */
export const brokenBody: fc.Arbitrary<string> = fc.constantFrom(
  ...['', '{', '[]', 'null', '"', '0', 'true', '{"a":}', '{"a":1,}', "{'a':1}", '\u0000', '\ufeff{}'],
  ...[
    '{"__proto__":{"supervises":true,"role":"administrator"}}',
    '{"constructor":{"prototype":{"role":"administrator"}}}',
  ],
  ...[
    '[['.repeat(3_000),
    '{"a":'.repeat(3_000),
    `{"a":"${'x'.repeat(70_000)}"}`,
    `{"${'k'.repeat(20_000)}":1}`,
  ],
)

/** Values of headers; a client library would not let worse ones out. */
export const hostileHeader: fc.Arbitrary<string> = hostileString.map((text) =>
  text.replaceAll(/[^\x20-\x7e]/g, '?'),
)
