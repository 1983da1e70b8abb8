// Reads along with an HTTP/1.1 connection: which requests came by, and how much of each.

export interface Request {
  method: string;
  path: string;
  /** What the head says. */
  headers: Record<string, string>;
  /** Bytes of the body that came by so far. */
  bodyBytes: number;
}

const endOfHead = Buffer.from('\r\n\r\n');

/** A reader of one connection that adds what it finds to `requests`. Bodies must tell their length, as browsers' do. */
export function readRequests(requests: Request[]): (bytes: Buffer) => void {
  let head = Buffer.alloc(0);
  let request: Request | undefined;
  let left = 0;
  return (bytes) => {
    let rest = bytes;
    while (rest.length) {
      if (request && left) {
        const taken = Math.min(left, rest.length);
        request.bodyBytes += taken;
        left -= taken;
        rest = rest.subarray(taken);
        continue;
      }
      head = Buffer.concat([head, rest]);
      const end = head.indexOf(endOfHead);
      if (end < 0) return;
      request = parseHead(head.subarray(0, end).toString('latin1'));
      requests.push(request);
      left = Number(request.headers['content-length'] ?? 0);
      rest = head.subarray(end + endOfHead.length);
      head = Buffer.alloc(0);
    }
  };
}

function parseHead(text: string): Request {
  const [first = '', ...lines] = text.split('\r\n');
  const [method = '', path = ''] = first.split(' ');
  const pairs = lines.map((line) => {
    const colon = line.indexOf(':');
    return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()] as const;
  });
  return { method, path, headers: Object.fromEntries(pairs), bodyBytes: 0 };
}
