// In place of SvelteKit's: a server that was built and now runs.
export const building = false;
export const version = 'simulated';
