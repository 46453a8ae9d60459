/** What a role may allow an API Only user: https://experienceleague.adobe.com/en/docs/marketo-developer/marketo/rest/custom-services */
export const PERMISSIONS = [
  ...(['Read-Only Lead', 'Read-Write Lead'] as const),
  ...(['Read-Only Activity', 'Read-Write Activity'] as const),
  ...(['Read-Only Activity Metadata', 'Read-Write Activity Metadata'] as const),
  ...(['Read-Only Assets', 'Read-Write Assets'] as const),
  ...(['Read-Only Campaign', 'Read-Write Campaign', 'Execute Campaign'] as const),
  ...(['Read-Only Custom Object', 'Read-Write Custom Object'] as const),
  ...(['Read-Write Schema Standard Field', 'Read-Write Schema Custom Field'] as const)
]

export type Permission = (typeof PERMISSIONS)[number]
