/**
 * What counts as absent in the IDs, traits and emails that people's tools write: cloud and browser share this file. A shared
 * value that means nothing makes one lead of everybody, or overwrites what Marketo knows.
 */

/**
 * What code writes for a value that it lacks, in any field: JavaScript (undefined, null, NaN), SQL exports (NULL), Lua and Ruby (nil);
 * in brackets Objective-C (null), Swift and Go <nil>, and Google Analytics (not set).
 */
const NO_VALUE = /^(?:undefined|null|nan|nil|[(<](?:null|nil|none|undefined|not set)[)>])$/i

/** People have these names. Code writes the words in other cases. */
const NAME = /^N(?:ull|an|il)$/

/**
 * An object that became text, and templates that nobody filled in: `{{user.id}}` of Segment's own quickstart (also Handlebars, Liquid
 * and Jinja), `${id}` of JavaScript, `#{id}` of Ruby, `<%= id %>` of ERB and EJS, `*|FNAME|*` of Mailchimp, `%ID%` of shells and
 * mail tools.
 */
const UNFINISHED = /\[object \w+]|\{\{[^{}]*}}|[$#]\{[^{}]*}|<%[^%]*%>|\*\|[^|]*\|\*|^%+[a-z][\w.-]*%+$/i

/**
 * What tools write for somebody without an ID, perhaps in quotes or brackets: the words above, words for nobody, IDs of only zeros and
 * dashes (https://segment.com/docs/unify/identity-resolution/identity-resolution-settings/ blocks `^[0-]*$`, -1, null and anonymous),
 * and placeholders such as `{user_id}` and `<USER_ID>`.
 */
const NOBODY =
  /^["'(<]*(?:[-0]*|-1|null|undefined|nan|none|nil|n\/a|not set|unknown|anonymous|guest|true|false|[{<][a-z_. ]+[}>])["')>]*$/i

/** Zero-width spaces, soft hyphens and other characters without a shape, which come along when text is copied. */
const INVISIBLE = /\p{Cf}/gu

/** Nearly all text has neither of these, and needs no closer look. */
const NOT_ASCII = /[^ -~]/
const SIGN = /[[{<*%]/

/** Longer text is neither an ID nor a name, so that searching it never takes long. */
const LONGEST = 1_000

function visible(value = ''): string {
  return (NOT_ASCII.test(value) ? value.replace(INVISIBLE, '') : value).trim()
}

const isUnfinished = (text: string): boolean => SIGN.test(text) && text.length <= LONGEST && UNFINISHED.test(text)

const isNothing = (text: string): boolean =>
  text === '' || (NO_VALUE.test(text) && !NAME.test(text)) || isUnfinished(text)

/** @returns a trait's text without spaces around it; undefined if it means nothing */
export function textIn(value: string | undefined): string | undefined {
  return isNothing(visible(value)) ? undefined : value?.trim()
}

/** @returns a user ID or anonymous ID, as it is written; undefined if it names nobody */
export function identifierIn(value: string | undefined): string | undefined {
  const text = visible(value)
  return NOBODY.test(text) || isUnfinished(text) ? undefined : value
}

/**
 * @returns the address without what mail clients, links and lists put around it: a display name, `mailto:`, brackets, quotes, a
 * comma or semicolon; undefined if there is none. It may still be no address.
 */
export function emailIn(value: string | undefined): string | undefined {
  const text = visible(value)
  if (isNothing(text)) return undefined
  if (text.length > LONGEST) return text
  // Several addresses stay as they are: it is unknown which one is meant.
  const [, inBrackets = text] = /^(?:[^<>@]*|[^<>,;]*)<([^<>]*)>[\s,;]*$/.exec(text) ?? []
  const bare = inBrackets.replace(/[\s,;]+$/, '').replace(/^\s*(["'])(.*)\1$/, '$2')
  return bare.replace(/^mailto:([^?]*).*$/i, '$1').trim() || undefined
}

/** The full name, and its parts. */
interface Names {
  firstName?: string
  lastName?: string
  name?: string
}

/** @returns first and last name; each comes from the full name if it is missing */
export function namesOf({ firstName, lastName, name }: Names): Omit<Names, 'name'> {
  const [first, ...rest] = textIn(name)?.split(/\s+/) ?? []
  return {
    firstName: textIn(firstName) ?? textIn(first),
    lastName: textIn(lastName) ?? textIn(rest.join(' '))
  }
}
