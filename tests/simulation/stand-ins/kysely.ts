// In place of Kysely: itself, but that every statement waits for the server's turn. So requests interleave between any
// two statements, and the server can be killed there.
import { SqliteDialect as RealDialect, type DatabaseConnection, type Driver } from 'kysely';
import { machine } from '../machine/machine';

export * from 'kysely';

export class SqliteDialect extends RealDialect {
  override createDriver(): Driver {
    const driver = super.createDriver();
    return new Proxy(driver, {
      get(target, name) {
        if (name === 'acquireConnection') return async () => paced(await target.acquireConnection());
        const member: unknown = Reflect.get(target, name);
        return typeof member === 'function' ? (member.bind(target) as unknown) : member;
      }
    });
  }
}

function paced(connection: DatabaseConnection): DatabaseConnection {
  return {
    executeQuery: async (query, options) => {
      const { loop } = machine();
      if (loop.current) await loop.turn(query.sql.slice(0, 24));
      return connection.executeQuery(query, options);
    },
    streamQuery: () => {
      throw new Error('nothing streams rows');
    }
  };
}
