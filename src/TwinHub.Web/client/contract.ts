// What travels over the hub, and what the page says about itself. The wire's field names are promised to other clients too.

export interface Author { id: string; name: string; organisation?: string | null }

/** A message in its present form. `posted` is its place for ever, `revision` its last change. */
export interface Message {
  channelId: string;
  posted: number;
  revision: number;
  messageId: string;
  clientMessageId: string;
  author: Author;
  html: string;
  sentAt: string;
  deleted: boolean;
  attachments: Attachment[];
}

/** A file with a message. `version`: the one of a document that it shows; without, the file has come with the message. */
export interface Attachment {
  id: string;
  name: string;
  type: string;
  size: number;
  width: number | null;
  height: number | null;
  documentId: string | null;
  version: number | null;
}

export interface JoinPage { revision: number; messages: Message[]; more?: boolean; reset?: boolean }
export interface PostReceipt { messageId: string; revision: number; sentAt: string }
export interface ReadMoved { channelId: string; revision: number; unread: number }
export interface PresenceChanged { groupSlug: string; personId: string; online: boolean }
export interface TypingChanged { channelId: string; person: { id: string; name: string }; typing: boolean }
export interface GroupChanged { groupSlug: string; what: string; id: string }
export interface Evicted { channelId: string; reason: string }

export interface Member { name: string; initials: string; hue: string; organisation: string; online: boolean }
export interface Me { id: string; name: string; initials: string; hue: string; organisation: string }
export type PluralForms = Partial<Record<Intl.LDMLPluralRule, string>>;

export interface Texts {
  pending: string;
  failed: string;
  tryAgain: string;
  remove: string;
  newSince: PluralForms;
  jump: string;
  typingOne: string;
  typingMany: string;
  online: string;
  offline: string;
  connecting: string;
  backOnline: string;
  tooLong: string;
  tooManyLines: string;
  evicted: string;
  deleted?: string;
  /** By kind of lesson: its word and icon. */
  marks: Record<string, { words: string; icon: string }>;
  weekdays: string[];
  months: string[];
  dayPattern: string;
  dayPatternYear: string;
  firstDay: string;
  today?: string;
  yesterday?: string;
}

export interface FileTexts {
  shared: PluralForms;
  version: string;
  documentGone: string;
  sizes: [string, string, string];
  percent: string;
  decimalMark: string;
  remove: string;
  waiting: string;
  sending: string;
  preparing: string;
  ready: string;
  lost: string;
  tooMany: string;
  sendFull: string;
  sendingFull: string;
}

/** What the page knows about files: the script that sends them is fetched when some are chosen. */
export interface FilesData { script: string; most: number; icons: Record<string, string>; texts: FileTexts }

/** The block `#channel-data` of the discussion page. */
export interface ChannelData {
  channelId: string;
  groupSlug: string;
  revision: number;
  readRevision: number;
  oldestPosted: number | null;
  hasEarlier: boolean;
  canWrite: boolean;
  hub: string;
  /** Milliseconds without a sound after which the line is dead. */
  silence: number;
  timeZone: string;
  language: string;
  today: string;
  me: Me;
  members: Record<string, Member>;
  limits: { message: number; lines: number };
  texts: Texts;
  files: FilesData;
}

/** Reads the page's description of itself; null on a page without a discussion. */
export function channelData(page: Document): ChannelData | null {
  const block = page.getElementById("channel-data");
  return block?.textContent ? JSON.parse(block.textContent) as ChannelData : null;
}
