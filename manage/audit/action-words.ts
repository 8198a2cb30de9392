type Both = { 'zh-CN': string; en: string }

/** In both languages: what is done, refusals and reasons. What is not here is shown by its key. */
type Words = Readonly<Record<string, readonly [zh: string, en: string]>>

const ACTIONS: Words = {
  'ticket:issued': ['取号', 'Ticket issued'],
  'ticket:called': ['叫号', 'Called'],
  'ticket:recalled': ['再叫', 'Called again'],
  'ticket:started': ['开始办理', 'Started'],
  'ticket:completed': ['办结', 'Completed'],
  'ticket:missed': ['过号', 'Missed'],
  'ticket:rejoined': ['过号后回来', 'Came back'],
  'ticket:held': ['暂缓', 'Held'],
  'ticket:resumed': ['恢复', 'Resumed'],
  'ticket:hold-overdue': ['暂缓过久', 'Held too long'],
  'ticket:transferred': ['转交', 'Passed on'],
  'ticket:put-back': ['放回队列', 'Put back'],
  'ticket:more-time': ['请求多一点时间', 'Asked for more time'],
  'ticket:extended': ['多给一分钟', 'A minute more given'],
  'ticket:cancelled': ['取消', 'Cancelled'],
  'ticket:expired': ['当天结束', 'Ended with its day'],
  'ticket:changed': ['改动票', 'Ticket changed'],
  'ticket:corrected': ['更正时间', 'Times corrected'],
  'ticket:recorded': ['补记纸上叫号', 'Call on paper recorded'],
  'ticket:undone': ['撤销', 'Taken back'],
  'ticket:renumbered': ['换号', 'Renumbered'],
  'ticket:printed-again': ['补打', 'Printed again'],
  'ticket:why-printed': ['打印次序说明', 'Reason of the order printed'],
  'materials:checked': ['核对材料', 'Materials checked'],
  'help:asked': ['呼叫帮助', 'Help asked for'],
  'help:answered': ['回应帮助', 'Help answered'],
  'help:escalated': ['帮助升级', 'Help escalated'],
  'help:done': ['帮好了', 'Helped'],
  'help:taken-back': ['收回帮助', 'Help taken back'],
  'counter:opened': ['开放窗口', 'Counter opened'],
  'counter:paused': ['暂停窗口', 'Counter paused'],
  'counter:closed': ['关闭窗口', 'Counter closed'],
  'note:read': ['查看留言', 'Notes read'],
  'preparation:read': ['查看准备事项', 'Preparation read'],
  'identity:matched': ['凭证件找到票', 'Ticket found by ID card'],
  'identity:read': ['查看身份', 'Identity read'],
  'contact:read': ['查看联系方式', 'Contact read'],
  'need:read': ['查看关怀原因', 'Reason for care read'],
  'resident:exported': ['应居民要求导出资料', 'Exported for the resident'],
  'resident:erased': ['应居民要求删除资料', 'Erased for the resident'],
  'confided:read': ['查看私密信息', 'Something confided read'],
  'feedback:read': ['查看评价与意见', 'Ratings and suggestions read'],
  'session:opened': ['登录', 'Signed in'],
  'session:closed': ['退出登录', 'Signed out'],
  'session:ended': ['结束登录', 'Sign-in ended'],
  'device:enrolled': ['登记屏幕', 'Screen enrolled'],
  'device:renewed': ['屏幕换新凭证', 'Screen’s token renewed'],
  'device:moved': ['屏幕换位置', 'Screen given another place'],
  'device:revoked': ['停用屏幕', 'Screen switched off'],
  'api-key:made': ['生成密钥', 'API key made'],
  'api-key:revoked': ['停用密钥', 'API key revoked'],
  'account:password': ['换密码', 'New password'],
  'setup:administrator': ['设立管理员', 'Administrator made'],
  'site:changed': ['更换设置', 'Settings changed'],
  'site:clock-confirmed': ['确认时间', 'Clock confirmed'],
  'settings:planned': ['安排设置', 'Settings planned'],
  'settings:withdrawn': ['收回设置', 'Settings withdrawn'],
  'webhook:added': ['添加外部通知', 'Webhook added'],
  'webhook:removed': ['删除外部通知', 'Webhook removed'],
  'webhook:switched-off': ['外部通知停用', 'Webhook switched off'],
  'audit:exported': ['导出审计', 'Audit exported'],
  'audit:pruned': ['清理到期审计', 'Old audit removed'],
  purged: ['清理到期信息', 'Old data removed'],
  many: ['多种操作', 'Many kinds'],
}

/** What was tried and may not be done at all is named by what the policy calls it. */
const TRIED: Words = {
  'press-pad': ['按叫号器', 'Press at a call pad'],
  'operate-counter': ['操作窗口', 'Work at a counter'],
  'serve-ticket': ['办理', 'Serve a ticket'],
  reveal: ['查看居民信息', 'Reveal what was confided'],
  'call-specific': ['指定叫号', 'Call out of turn'],
  'send-home': ['请居民回家', 'Send residents home'],
  'read-report': ['查看日报', 'Read the report'],
  'read-audit': ['查看审计', 'Read the audit'],
  'read-feedback': ['查看评价与意见', 'Read ratings'],
  'read-metrics': ['查看运行数据', 'Read metrics'],
  'read-events': ['查看事件', 'Read events'],
  'read-tickets': ['查看票', 'Read tickets'],
  'read-ticket': ['查看票', 'Read a ticket'],
  'read-board': ['查看大厅', 'Read the board'],
  'manage-webhooks': ['管理外部通知', 'Manage webhooks'],
  'confirm-clock': ['确认时间', 'Confirm the clock'],
  'enrol-device': ['登记屏幕', 'Enrol a screen'],
  'read-devices': ['查看屏幕', 'Look at the screens'],
  'manage-api-keys': ['管理密钥', 'Manage API keys'],
  'read-sites': ['查看大厅', 'Read the hall'],
  'give-password': ['给人新密码', 'Give a new password'],
  'hall-sessions': ['查看或结束登录', 'Look at or end sign-ins'],
  'manage-devices': ['登记或停用屏幕', 'Approve or switch off screens'],
  issue: ['取号', 'Issue a ticket'],
  cancel: ['取消', 'Cancel'],
  care: ['关怀', 'Care'],
  track: ['打开票的链接', 'Open a ticket’s link'],
}

const REFUSALS: Words = {
  forbidden: ['无权，已拒绝', 'Refused: not allowed'],
  'wrong-credentials': ['密码不对', 'Wrong password'],
  'wrong-password': ['现在的密码不对', 'Wrong present password'],
  'wrong-code': ['设置码不对', 'Wrong code'],
  'unknown-pairing': ['没有这个屏幕码', 'No such code'],
  revoked: ['密钥已停用', 'Refused: key revoked'],
  expired: ['密钥已过期', 'Refused: key expired'],
  'not-at-counter': ['不在其窗口，未显示', 'Not shown: not at their counter'],
  'unknown-ticket': ['没有这张票', 'No such ticket'],
  'unknown-site': ['没有这个大厅', 'No such hall'],
  many: ['已拒绝', 'Refused'],
}

const REASONS: Words = {
  unwell: ['身体不适', 'unwell'],
  urgent: ['紧急', 'urgent'],
  'our-mistake': ['我们的差错', 'our mistake'],
  other: ['其他', 'other'],
  'pressed-late': ['按晚了', 'pressed late'],
  'pressed-early': ['按早了', 'pressed early'],
  forgotten: ['忘了按', 'forgotten'],
  'call-timeout': ['无人应答', 'nobody answered'],
  'max-calls': ['已叫满次数', 'called often enough'],
  'day-over': ['当天结束', 'the day was over'],
  'sent-home': ['请回家', 'sent home'],
  serving: ['办理需要', 'to serve'],
  'follow-up': ['跟进', 'to follow up'],
  'check-person': ['核对本人', 'to check the person'],
  'fill-form': ['填写表格', 'to fill in a form'],
  'look-up': ['查询办件', 'to look up their case'],
  correct: ['更正信息', 'to correct a record'],
  'hand-over': ['交付材料', 'to hand something over'],
  'reach-person': ['联系本人', 'to reach the person'],
  'own-ticket': ['居民出示了号票', 'they showed their ticket'],
  'own-card': ['核对了居民证件', 'they showed their ID card'],
  authority: ['凭居民书面委托', 'with their written authority'],
  restored: ['恢复备份后再次删除', 'again, after a restore'],
  asked: ['应居民要求', 'they asked'],
  prepare: ['准备照顾', 'to prepare for them'],
}

export function actionOf(action: string): Both {
  return find(action, ACTIONS, TRIED)
}

export function refusalOf(result: string): Both {
  return find(result, REFUSALS)
}

export function reasonOf(reason: string): Both {
  return find(reason, REASONS)
}

function find(key: string, ...lists: Words[]): Both {
  const [zh, en] = lists.find((list) => Object.hasOwn(list, key))?.[key] ?? [key, key]
  return { 'zh-CN': zh, en }
}
