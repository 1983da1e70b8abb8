// What befalls a world, besides what people do and what the network does to single messages.
import { Foreseen } from './foreseen';
import { erasesRecord, reassigns, saysRestored } from './administering';
import { actAtDesk } from './desk';
import type { Random } from './machine/random';
import { allFates, type Weather } from './network';
import { anOlderTablet } from './older-tablet';
import { setPoison } from './poison';
import { idle, type Idle } from './story';
import type { Tablet } from './tablet';
import type { World } from './world';

type Told = string | Idle | undefined;

export interface Happening {
  weight: number;
  /** Returns what there is to tell; it may go on afterwards, and tell then. */
  befall(world: World, tablet: Tablet, random: Random, number: number): Promise<Told> | Told;
}

const year = 365 * 86_400_000;

export const happenings: Record<string, Happening> = {
  'the weather turns': {
    weight: 16,
    befall: (_world, tablet, random) => {
      const weathers = { fair: 4, bad: 7, short: 5, offline: 3, portal: 1, narrow: 2, broken: 1 } as const;
      tablet.weather = random.weighted<Weather>(weathers);
      return `${tablet.name}: the weather is ${tablet.weather}`;
    }
  },
  'a tablet is killed': {
    weight: 8,
    befall: async (world, tablet, random) => {
      // While it does what it wants, or just as it takes in what the office said.
      if (random.onceIn(3)) await world.runSteps(random.below(90));
      else {
        await world.runToAnswer(tablet, random.onceIn(2) ? 'long' : 'any');
        await world.runSteps(random.below(24));
      }
      tablet.kill();
      world.later(random.between(50, 20_000), () => tablet.start());
      return `${tablet.name} is killed`;
    }
  },
  'the server is killed': {
    weight: 5,
    befall: async (world, _tablet, random) => {
      await world.runSteps(random.below(60));
      world.server.kill('killed');
      world.later(random.between(50, 15_000), () => world.server.start());
      return 'the server is killed';
    }
  },
  'the power fails': {
    weight: 4,
    befall: async (world, _tablet, random) => {
      await world.runSteps(random.below(60));
      world.server.kill('power-cut');
      world.office.forgetCheckedPhotos();
      world.later(random.between(50, 15_000), () => world.server.start());
      return 'the power fails at the office';
    }
  },
  'the disk is full': {
    weight: 4,
    befall: (world, tablet, random) => {
      tablet.setRoom(random.pick(['none-for-writes', 'none-for-commits']));
      world.later(random.between(20, 20_000), () => tablet.setRoom('enough'));
      return `${tablet.name}: ${tablet.room} is left on its disk`;
    }
  },
  'the clock is set': {
    weight: 4,
    befall: (_world, tablet, random) => {
      tablet.setClock(random.pick([0, year, -year, 3_600_000, -86_400_000]));
      return `${tablet.name}: its clock is off by ${tablet.clockOffsetMs / 3_600_000} hours`;
    }
  },
  'somebody else signs in': {
    weight: 3,
    befall: (world, tablet, random) => {
      if (!tablet.process) return idle('nobody can sign in: it is off');
      const person = random.pick(world.town.field);
      tablet.handOver(person);
      world.signIn(tablet);
      return `${person.name} signs in on ${tablet.name}`;
    }
  },
  'a second tab': {
    weight: 3,
    befall: (_world, tablet, random) => {
      if (!tablet.process) return idle('no tab can be opened: it is off');
      if (tablet.pages.length > 1) {
        const [page] = tablet.pages.splice(random.below(tablet.pages.length), 1);
        tablet.run('close a page', () => page!.close());
        return `${tablet.name}: a tab is closed`;
      }
      tablet.openPage();
      return `${tablet.name}: a second tab is opened`;
    }
  },
  'the desk works': {
    weight: 26,
    befall: (world, _tablet, random, number) => {
      const token = random.onceIn(3) ? world.deskTokens.handler : world.deskTokens.officer;
      return world.atServer(token, async (locals) => {
        const told = await actAtDesk(locals, { town: world.town, random, number }).catch((fault: Error) => {
          if (!(fault instanceof Foreseen)) throw fault;
          return idle(`the desk fails: ${fault.message}`);
        });
        world.story.tellOf('the desk works', told);
      });
    }
  },
  'a record is erased': {
    weight: 3,
    befall: (world, _tablet, random) =>
      world.atServer(undefined, async ({ store }) =>
        world.story.tellOf('a record is erased', await erasesRecord(store, random, world.office))
      )
  },
  'a grid is re-assigned': {
    weight: 4,
    befall: (world, _tablet, random) => {
      const workers = world.town.field.filter(({ grants }) => grants[0]!.role === 'gridWorker');
      const person = random.pick(workers);
      world.moved.add(person);
      return world.atServer(undefined, async ({ store }) =>
        world.story.tellOf('a grid is re-assigned', await reassigns(store, person, random))
      );
    }
  },
  'a backup is made': {
    weight: 3,
    befall: (world) => (world.backUp() ? 'the office is backed up' : idle('the office is busy: no backup'))
  },
  'a backup is put back': {
    weight: 3,
    befall: (world, _tablet, random) => {
      const isSaid = random.onceIn(2);
      if (!world.putBack(isSaid ? saysRestored : undefined, random.between(50, 15_000)))
        return idle('there is no backup');
      return `the backup is put back, ${isSaid ? 'as the book says' : 'and nobody says so'}`;
    }
  },
  'the server is poisoned': {
    weight: 3,
    befall: (world, _tablet, random) => {
      const poison = { where: random.pick(['judging', 'writing'] as const), remainder: random.below(5) };
      setPoison(poison);
      world.later(random.between(5_000, 200_000), () => setPoison(null));
      return `the server fails at ${poison.where} on every fifth text`;
    }
  },
  'a newer server': {
    weight: 2,
    befall: (world) => {
      world.deployNewer();
      return 'a newer server is deployed';
    }
  }
};

/** All that a world can be spared, for finding out what a failure needs. */
export const allFaults: readonly string[] = [
  ...Object.keys(happenings),
  ...allFates.filter((fate) => fate !== 'through'),
  anOlderTablet
];
