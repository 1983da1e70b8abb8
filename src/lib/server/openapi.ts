import * as z from 'zod/mini';
import { ChangeEnvelope } from '../domain/change';
import { changeKinds } from '../domain/changes';
import { Reference } from '../domain/reference';
import { HandBackHead, HandBackReply, HandedBack } from '../protocol/hand-back';
import { LiveHint } from '../protocol/live';
import { Problem } from '../protocol/problem';
import { PullReply, PullRequest } from '../protocol/pull';
import { PushHead, PushReply } from '../protocol/push';
import {
  SessionReply,
  SignInRequest,
  SlipQuestion,
  SlipReply,
  StoreSecret,
  StoreSecretReply
} from '../protocol/session';

type Media = Record<string, { schema: object }>;

const schema = (of: z.ZodMiniType) => {
  const { $schema: _dialect, ...rest } = z.toJSONSchema(of, { io: 'input', unrepresentable: 'any' });
  return rest;
};
const named = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const json = (name: string): Media => ({ 'application/json': { schema: named(name) } });
const bytes = { schema: { type: 'string', format: 'binary' } };

const schemas = {
  SignInRequest,
  SessionReply,
  SlipQuestion,
  SlipReply,
  StoreSecret,
  StoreSecretReply,
  PushHead,
  PushReply,
  PullRequest,
  PullReply,
  HandBackHead,
  HandedBack,
  HandBackReply,
  Reference,
  LiveHint,
  Problem,
  Change: ChangeEnvelope
};

const problem = {
  description: 'A problem document with a stable code',
  content: { 'application/problem+json': { schema: named('Problem') } }
};
const answer = (description: string, content?: Media) => ({ description, ...(content ? { content } : {}) });
const operation = (summary: string, rest: object) => ({ summary, ...rest });
const photoId = { name: 'id', in: 'path', required: true, schema: { type: 'string', format: 'uuid' } };
const tusHeaders = 'tus 1.0.0: Tus-Resumable, Upload-Offset, Upload-Length, Upload-Metadata';

/** The `/api` of this server as OpenAPI 3.1, its schemas generated from those that check every request. */
export function openApi(version: string): object {
  return {
    openapi: '3.1.0',
    info: {
      title: 'Xunge',
      version,
      description:
        'Cookie session; every request that is not a GET needs an Origin header of this server. The contract of /api/sync is docs/sync-protocol.md.'
    },
    paths: paths(),
    components: {
      securitySchemes: { session: { type: 'apiKey', in: 'cookie', name: 'xunge-session' } },
      schemas: {
        ...Object.fromEntries(Object.entries(schemas).map(([name, of]) => [name, schema(of)])),
        ...Object.fromEntries(
          Object.values(changeKinds).map((kind) => [
            `facts-${kind.kind}`,
            schema(kind.facts as z.ZodMiniType)
          ])
        )
      }
    },
    security: [{ session: [] }]
  };
}

function paths() {
  const reply = (description: string, content?: Media) => ({
    responses: { '200': answer(description, content), '4XX': problem }
  });
  return {
    '/api/session': {
      get: operation('Who is signed in', reply('The session', json('SessionReply'))),
      post: operation('Sign in, with a password or a printed slip', {
        security: [],
        requestBody: { required: true, content: json('SignInRequest') },
        ...reply('Signed in; sets the session cookie', json('SessionReply'))
      }),
      delete: operation('Sign out', { responses: { '204': answer('Signed out') } })
    },
    '/api/slip': {
      post: operation('Whose printed slip this is', {
        description: 'Does not use it up; signing in with it does.',
        security: [],
        requestBody: { required: true, content: json('SlipQuestion') },
        ...reply('The name on it', json('SlipReply'))
      })
    },
    '/api/store-secret': {
      post: operation('Keep what opens this tablet’s store again once its PIN is forgotten', {
        description: 'It comes back with each sign-in of this account on this device.',
        requestBody: { required: true, content: json('StoreSecret') },
        ...reply('Kept', json('StoreSecretReply'))
      })
    },
    '/api/sync/push': {
      post: operation('Hand in changes', {
        description:
          'Gzipped lines of JSON: a PushHead, then one Change a line as the very bytes its device made.',
        requestBody: { required: true, content: { 'application/x-ndjson': { schema: { type: 'string' } } } },
        ...reply('One receipt per change, in order', json('PushReply'))
      })
    },
    '/api/sync/hand-back': {
      post: operation('Hand back to a restored server what it has lost', {
        description: 'Gzipped lines of JSON: a HandBackHead, then one HandedBack a line.',
        requestBody: { required: true, content: { 'application/x-ndjson': { schema: { type: 'string' } } } },
        ...reply('What became of each line, in order', json('HandBackReply'))
      })
    },
    '/api/sync/pull': {
      post: operation('What is new since a cursor', {
        requestBody: { required: true, content: json('PullRequest') },
        ...reply('A page', json('PullReply'))
      })
    },
    '/api/reference': {
      get: operation('Borders, buildings, categories and names of a community', {
        parameters: [
          { name: 'community', in: 'query', required: true, schema: { type: 'string' } },
          {
            name: 'unplaced',
            in: 'query',
            allowEmptyValue: true,
            description: 'Buildings without a position, too',
            schema: { type: 'string' }
          }
        ],
        ...reply('The reference data', json('Reference'))
      })
    },
    '/api/photos': {
      post: operation('Begin an upload', {
        description: `${tusHeaders} (id = base64 of the photo's id, declared by an accepted change of this author).`,
        responses: {
          '201': answer(
            'Begun, or known: Upload-Offset says how far; x-xunge-ahead with the last byte, how far the log has come'
          ),
          '4XX': problem
        }
      })
    },
    '/api/photos/{id}': {
      parameters: [photoId],
      get: operation('A picture or voice note', {
        ...reply('Its bytes; Range is answered', { '*/*': bytes })
      }),
      head: operation('How far an upload has come', { description: tusHeaders, ...reply('Upload-Offset') }),
      patch: operation('More bytes from an offset', {
        description: tusHeaders,
        requestBody: { required: true, content: { 'application/offset+octet-stream': bytes } },
        responses: {
          '204': answer('Taken; x-xunge-ahead with the last byte, how far the log has come'),
          '4XX': problem
        }
      })
    },
    '/api/photos/{id}/thumbnail': {
      parameters: [photoId],
      get: operation('A small JPEG', reply('Its bytes', { 'image/jpeg': bytes }))
    },
    '/api/photos/thumbnails': {
      post: operation('Many thumbnails', {
        description: 'One part per photo, named by its id, each a JPEG of at most 6 kB.',
        requestBody: { required: true, content: { 'multipart/form-data': { schema: { type: 'object' } } } },
        ...reply('Which were stored', { 'application/json': { schema: { type: 'object' } } })
      })
    },
    '/api/live': {
      get: operation('Hints that a community has something new', {
        ...reply('Server-sent events, each a LiveHint', {
          'text/event-stream': { schema: { type: 'string' } }
        })
      })
    },
    '/api/openapi.json': { get: operation('This description', { security: [], ...reply('OpenAPI 3.1') }) }
  };
}
