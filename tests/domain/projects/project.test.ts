import { expect, test } from 'vitest'
import { ProjectForm } from '#app/domain/projects/project.ts'

test('who leaves a project’s place open is told that it is missing, not how a code is written', () => {
  const { error } = ProjectForm.safeParse({ code: '2026-220106-47-01-000018', name: '绿园小学扩建', divisionCode: '', flowType: 'water', moneySource: 'private' })
  expect(error?.issues.map(({ path, message }) => [path.join('.'), message])).toEqual([['divisionCode', 'forms.required']])
})
