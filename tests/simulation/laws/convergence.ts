export async function checkConvergence(world: World): Promise<void> {}
import type { World } from '../world';
