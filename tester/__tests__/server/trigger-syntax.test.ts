import { takenBy, triggerDoubt, triggerProblem } from '../../../rehearsal/input/trigger'

describe('A trigger', () => {
  it.each([
    'type = "identify"',
    'type = "track" and (event = "A" or event = "B")',
    '!contains(properties.a, "x") or match(event, "x*")',
    'properties.order\\ id = "x" and properties.total >= -5.5',
    'traits.a != null and context.active = true and userId = null'
  ])('may be %s', (trigger) => expect(triggerProblem(trigger)).toBeUndefined())

  it.each([
    ['', 'Without a trigger'],
    ['type =', 'not finished'],
    ['type = "track" and', 'not finished'],
    ['type == "track"', 'Write one ='],
    ['event = Order Completed', 'Put quotes around the text: event = "Order Completed".'],
    ["type = 'track'", 'double quotes'],
    ['type = “track”', 'straight quote'],
    ['type = "track', 'straight quote at its end'],
    ['Type = "track"', 'Write type, not Type.'],
    ['color = "red"', '“color” is unknown'],
    ['properties = "x"', 'Name the member: properties.…'],
    ['type is "track"', 'Write =, not “is”.'],
    ['type = "track" && event = "A"', 'Write and, or.'],
    ['type = "track" AND event = "A"', 'Write and in small letters.'],
    ['type = "track" event = "A"', 'join conditions with and, or'],
    ['type = "track" or(event = "A")', 'Put a space before the parenthesis'],
    ['(type = "track"', 'never closed'],
    ['type = "track")', 'never opened'],
    ['contains(type, "x")', 'cannot ask for the type'],
    ['match(event, "x")', 'needs a *'],
    ['exists(event)', 'is unknown'],
    ['contains(event)', 'Write contains(event, "…").'],
    ['= "track"', 'begins with what it is about'],
    ['type ~ "track"', 'must be one of'],
    ['type = (', 'cannot stand'],
    ['type = $x', '“$” has no meaning']
  ])('%j takes no event, and says why', (trigger, words) => {
    expect(triggerProblem(trigger)).toContain(words)
    expect(takenBy(trigger)({ type: 'track', event: 'Order Completed' })).toBe(false)
  })

  it('that mixes and with or is read as Segment does, and says so', () => {
    const trigger = 'type = "track" and event = "A" or event = "B"'
    expect(triggerProblem(trigger)).toBeUndefined()
    expect(triggerDoubt(trigger)).toContain('Segment reads each of them as “or”')
    expect(takenBy(trigger)({ type: 'page', event: 'B' })).toBe(true)
  })
})
