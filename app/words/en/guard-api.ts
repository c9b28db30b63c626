import type { Words } from '../zh.ts'

export const api: Words['guard']['api'] = {
  problems: {
    400: { title: 'The request cannot be read', detail: 'Its form is wrong; nothing was done.' },
    401: { title: 'A token is needed', detail: 'Fetch one at /oauth/token and send it as Authorization: Bearer. It is good for ten minutes.' },
    403: { title: 'Not allowed', detail: 'This token may not do that.' },
    404: { title: 'Not found', detail: 'There is nothing at this address, or it is not yours.' },
    405: { title: 'This method is not supported', detail: 'The Allow header lists those that are.' },
    409: { title: 'Not now', detail: 'Please try again in a moment.' },
    411: { title: 'The length is missing', detail: 'Please send Content-Length.' },
    413: { title: 'Too much content', detail: 'A request may have 1 MB at most.' },
    414: { title: 'The address is too long', detail: 'Please shorten it.' },
    415: { title: 'This format is not supported', detail: 'Please send Content-Type: application/json.' },
    422: { title: 'Something has to be changed', detail: 'Nothing was recorded. Please change what errors names and send it again.' },
    429: { title: 'Too often', detail: 'Please try again later.' },
    500: { title: 'Something went wrong', detail: 'The fault is ours and was noted. Please tell the operator the X-Trace-Id.' },
    503: { title: 'Not available for the moment', detail: 'Please try again in a moment.' },
  },
  keyMissing: 'Please send an Idempotency-Key header: a fresh value of 1 to 255 signs, such as "8e03978e-40d5-43dd-bc93-6894a57f9324".',
  malformedJson: 'The content is not correct JSON.',
  jsonTooDeep: 'The JSON is nested too deeply.',
  notAnObject: 'The content must be one JSON object.',
  badToken: 'The token is wrong or has run out. Please fetch a new one.',
  scopeMissing: (scope) => `This token does not have the scope ${scope}.`,
  notYours: 'There is no such decision, or it is not of your authority.',
}
