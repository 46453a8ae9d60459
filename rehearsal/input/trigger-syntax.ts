/**
 * The syntax of a trigger, as strict as Segment's app is. The parser of `@segment/destination-subscriptions` skips what it
 * does not know: `type == "identify"` or `event = Order Completed` would pass, and take no event.
 */

interface Token {
  kind: 'word' | 'text' | 'number' | 'operator' | 'paren' | 'comma' | 'not' | 'end'
  text: string
}

const OPERATORS = ['=', '!=', '<', '<=', '>', '>=']
const FUNCTIONS = ['contains', 'match']
const PLAIN_PATHS = ['type', 'event', 'name', 'userId']
const OBJECTS = ['properties', 'traits', 'context']
const UNFINISHED = 'This trigger is not finished.'
const EXAMPLE = 'For example: type = "track" and event = "Order Completed"'

/** @returns what is wrong with a trigger, in words, or what may not be meant; neither if it is fine */
export function syntaxOf(fql: string): { problem?: string; doubt?: string } {
  try {
    return new Syntax(tokensOf(fql)).check()
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    if (error.message === UNFINISHED) return { problem: `${UNFINISHED} ${EXAMPLE}` }
    return { problem: `This is not a trigger: ${error.message} ${EXAMPLE}` }
  }
}

class Problem extends Error {}

function tokensOf(fql: string): Token[] {
  const tokens: Token[] = []
  let rest = fql
  while (rest.trim() !== '') {
    rest = rest.trimStart()
    const token = firstToken(rest)
    tokens.push(token)
    rest = rest.slice(token.text.length)
  }
  return [...tokens, { kind: 'end', text: '' }]
}

const PATTERNS: [Token['kind'], RegExp][] = [
  ['text', /^"[^"]*"/],
  ['number', /^[-+]?\d+(\.\d+)?(?![\w.])/],
  // Segment's parser overlooks an “and” or “or” without a space after it.
  ['word', /^(and|or)\(/],
  ['word', /^(\\.|[\w.-])+/],
  ['not', /^!(?=[a-z])/],
  ['operator', /^[=!<>&|~]+/],
  ['paren', /^[()]/],
  ['comma', /^,/]
]

function firstToken(rest: string): Token {
  for (const [kind, pattern] of PATTERNS) {
    const [text] = pattern.exec(rest) ?? []
    if (text) return { kind, text }
  }
  const [first] = rest
  if (/["“”„]/.test(first))
    throw new Problem(`A text has no straight quote at its ${first === '"' ? 'end' : 'start'}: ".`)
  if (first === "'") throw new Problem('A text stands in double quotes, not in single ones.')
  throw new Problem(`“${first}” has no meaning in a trigger.`)
}

/** Reads tokens from left to right, and throws a Problem at the first that cannot stand where it is. */
class Syntax {
  private at = 0
  private doubt?: string

  constructor(private readonly tokens: Token[]) {}

  check(): { doubt?: string } {
    this.group()
    const { kind, text } = this.next()
    if (text === ')') throw new Problem('A parenthesis is closed that was never opened.')
    if (kind !== 'end') throw new Problem(this.afterCondition(text))
    return { doubt: this.doubt }
  }

  private group(): void {
    const joints: string[] = []
    this.condition()
    while (['and', 'or'].includes(this.peek().text)) {
      joints.push(this.next().text)
      this.condition()
    }
    if (new Set(joints).size < 2) return
    const last = joints[joints.length - 1]
    this.doubt = `“and” and “or” are mixed: Segment reads each of them as “${last}”. Put parentheses around conditions that belong together.`
  }

  private condition(): void {
    const token = this.next()
    if (token.kind === 'end') throw new Problem(UNFINISHED)
    if (token.text === '(') {
      this.group()
      if (this.next().text !== ')') throw new Problem('A parenthesis is never closed.')
      return
    }
    if (token.kind === 'not') return this.functionCall(this.next())
    if (token.kind !== 'word') throw new Problem(`A condition begins with what it is about, not with ${token.text}.`)
    if (this.peek().text === '(') return this.functionCall(token)
    this.path(token)
    this.comparison(token.text)
  }

  private comparison(path: string): void {
    const operator = this.next()
    if (operator.kind === 'end') throw new Problem(UNFINISHED)
    if (/^={2,}$/.test(operator.text)) throw new Problem('Write one =, not more.')
    if (/[&|]/.test(operator.text)) throw new Problem('Write and, or.')
    if (operator.kind === 'word' && /^(is|equals|contains|like|in)$/i.test(operator.text)) {
      throw new Problem(`Write =, not “${operator.text}”.`)
    }
    if (!OPERATORS.includes(operator.text)) {
      throw new Problem(`After ${path}, ${operator.text} cannot stand. It must be one of ${OPERATORS.join(' ')}.`)
    }
    this.value(path, operator.text)
  }

  private value(path: string, operator: string): void {
    const value = this.next()
    if (value.kind === 'end') throw new Problem(UNFINISHED)
    if (value.kind === 'text' || value.kind === 'number') return
    if (value.kind === 'word' && ['true', 'false', 'null'].includes(value.text)) return
    if (value.kind !== 'word') throw new Problem(`After ${path} ${operator}, ${value.text} cannot stand.`)
    const words = [value.text]
    while (this.peek().kind === 'word' && !['and', 'or'].includes(this.peek().text)) words.push(this.next().text)
    throw new Problem(`Put quotes around the text: ${path} ${operator} "${words.join(' ')}".`)
  }

  private functionCall(name: Token): void {
    if (!FUNCTIONS.includes(name.text)) {
      throw new Problem(`“${name.text}(…)” is unknown. There are ${FUNCTIONS.map((one) => `${one}(…)`).join(' and ')}.`)
    }
    const [open, path, comma, text, close] = [this.next(), this.next(), this.next(), this.next(), this.next()]
    if (open.text !== '(' || comma.kind !== 'comma' || text.kind !== 'text' || close.text !== ')') {
      throw new Problem(`Write ${name.text}(event, "…").`)
    }
    this.path(path)
    if (path.text === 'type') throw new Problem(`${name.text}(…) cannot ask for the type.`)
    if (name.text === 'match' && !/^"\*|\*"$/.test(text.text)) {
      throw new Problem('match(…) needs a * at the start or the end of its text.')
    }
  }

  private path({ kind, text }: Token): void {
    const [top, ...others] = text.split('.')
    const isKnown = kind === 'word' && (others.length ? OBJECTS.includes(top) : PLAIN_PATHS.includes(top))
    if (isKnown && others.every((name) => name !== '')) return
    if (OBJECTS.includes(top)) throw new Problem(`Name the member: ${top}.…`)
    const guess = PLAIN_PATHS.find((one) => one.toLowerCase() === top.toLowerCase())
    if (guess !== undefined && !others.length) throw new Problem(`Write ${guess}, not ${top}.`)
    throw new Problem(`“${text}” is unknown: use ${[...PLAIN_PATHS, ...OBJECTS.map((one) => `${one}.…`)].join(', ')}.`)
  }

  private afterCondition(text: string): string {
    if (/[&|]/.test(text)) return 'Write and, or.'
    if (/^(and|or)\($/.test(text)) return `Put a space before the parenthesis: ${text.slice(0, -1)} (.`
    if (/^(and|or)$/i.test(text)) return `Write ${text.toLowerCase()} in small letters.`
    return `After a condition, “${text}” cannot stand: join conditions with and, or.`
  }

  private peek = (): Token => this.tokens[Math.min(this.at, this.tokens.length - 1)]

  private next(): Token {
    const token = this.peek()
    this.at++
    return token
  }
}
