import { countLines } from '../../scripts/covered-lines'

it('A line is covered if it ran with all of its branches, in its own file', () => {
  const file = (name: string, ...lines: string[]) => [`SF:${name}`, ...lines, 'end_of_record', ''].join('\n')
  const report =
    file(
      'a.ts',
      'DA:1,3',
      'DA:2,1',
      'DA:3,0',
      'DA:4,5',
      'BRDA:2,0,0,1',
      'BRDA:2,0,1,0',
      'BRDA:4,1,0,2',
      'BRDA:4,1,1,3'
    ) + file('b.ts', 'DA:2,10', 'DA:3,1', 'BRDA:3,0,0,-')
  expect(countLines(report)).toEqual({ all: 6, reached: 5, covered: 3 })
})
